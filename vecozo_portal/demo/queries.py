"""`make demo-queries`: becomes the command of that name, and is a sentence where nothing runs to query."""

import os
import sys

from vecozo_portal.demo.asking import NO_RUN
from vecozo_portal.environment import BASE_DIR, EnvironmentMistake, environment, find_the_run


def main() -> None:
    find_the_run()
    try:
        environment()
    except EnvironmentMistake:
        sys.exit(NO_RUN)
    os.chdir(BASE_DIR)
    os.execv(sys.executable, [sys.executable, "manage.py", "demo_queries", *sys.argv[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
