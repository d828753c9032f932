"""The gate's server: `python -m vecozo_portal.serve_gate`, in `make run`, in the container and in the tests."""

import argparse
import os
from importlib import import_module

from granian.cli import cli as granian

from vecozo_portal.run.gate import gate_arguments, gate_options
from vecozo_portal.serve import see_that_it_may_start


def main() -> None:
    chosen = gate_arguments(argparse.ArgumentParser(description="Serves the gate.")).parse_args()
    see_that_it_may_start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vecozo_portal.settings")
    # Workers are forked: what is imported here is imported once, and nothing here opens a connection.
    import django  # noqa: PLC0415  # wants settings, which have been looked at by now

    django.setup()
    import_module("gate.api.application")
    granian(gate_options(chosen.host, chosen.port, chosen.workers))


if __name__ == "__main__":
    main()
