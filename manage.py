#!/usr/bin/env python
"""Django's commands, with the portal's settings."""

import os
import sys

from django.core.management import execute_from_command_line

from vecozo_portal.environment import EnvironmentMistake, find_the_run


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vecozo_portal.settings")
    find_the_run()
    try:
        execute_from_command_line(sys.argv)
    except EnvironmentMistake as mistake:
        sys.exit(str(mistake))


if __name__ == "__main__":
    main()
