"""`manage.py demo_people`: who one can be in the demo."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vecozo_portal.demo.codes import codes_now
from vecozo_portal.demo.people import demo_people
from vecozo_portal.demo.permission import NoDemoHere
from vecozo_portal.demo.table import whole_table


class Command(BaseCommand):
    help = "Prints the demo people with their values as created. Exists only with demo data."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as a JSON list, for programs")
        parser.add_argument(
            "--codes", action="store_true", help="only who needs one: a one-time code that is right now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(_codes() if options["codes"] else _people(as_json=options["json"]))
        except NoDemoHere as refusal:
            raise CommandError(str(refusal)) from None


def _people(*, as_json: bool) -> str:
    return json.dumps(demo_people(), indent=2) if as_json else whole_table()


def _codes() -> str:
    return "\n".join(f"  {shown.code}  {shown.user_number}  {shown.name}" for shown in codes_now())
