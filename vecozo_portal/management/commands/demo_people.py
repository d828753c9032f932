"""`manage.py demo_people`: who one can be in the demo."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vecozo_portal.demo.people import as_table, demo_people
from vecozo_portal.demo.permission import NoDemoHere


class Command(BaseCommand):
    help = "Prints the demo people with their values as created. Exists only with demo data."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as a JSON list, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            people = demo_people()
        except NoDemoHere as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(json.dumps(people, indent=2) if options["json"] else as_table(people))
