"""The portal's web server: `python -m vecozo_portal.serve`, in `make run`, in the container and in the tests.

Granian forks its workers, so what is imported here first is imported once: workers start at once and share the memory.
Nothing here may open a connection, which processes must not share.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module

from granian.cli import cli as granian

from vecozo_portal.environment import Environment, EnvironmentMistake, environment
from vecozo_portal.run.portal import granian_options, portal_arguments
from vecozo_portal.safety import dangers, issuing_dangers


def main() -> None:
    chosen = portal_arguments(argparse.ArgumentParser(description="Serves the portal.")).parse_args()
    see_that_it_may_start(issuing_dangers)
    _import_the_portal()
    granian(granian_options(chosen.host, chosen.port, chosen.workers, chosen.threads))


def see_that_it_may_start(*more: Callable[[Environment], list[str]]) -> None:
    """One readable message for who starts it, before granian would start and restart workers that cannot live."""
    try:
        found = [sentence for look in (dangers, *more) for sentence in look(environment())]
    except EnvironmentMistake as mistake:
        sys.exit(str(mistake))
    if found:
        lines = ["This production is unsafe, so the portal does not start:", *(f"  {each}" for each in found)]
        sys.exit("\n".join(lines))


def _import_the_portal() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vecozo_portal.settings")
    import django  # noqa: PLC0415  # wants settings, which have been looked at by now

    django.setup()
    import_module("django.core.handlers.wsgi")
    import_module("vecozo_portal.urls")
    # What is there now stays: the collector of a worker would only copy these pages by looking at them.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
