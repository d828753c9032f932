"""`manage.py load_demo`: `make run` calls it after the migrations."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vecozo_portal.demo.loading import load_demo
from vecozo_portal.demo.permission import NoDemoHere


class Command(BaseCommand):
    help = "Loads what is missing of the demo's organisations, people and history. Twice is as good as once."
    # In a production the refusal below says it more clearly than the checks of an unsafe production.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        del args, options
        try:
            newcomers = load_demo(at=timezone.now(), threads=os.cpu_count() or 1)
        except NoDemoHere as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Demo people: {newcomers} loaded." if newcomers else "The demo was loaded already.")
