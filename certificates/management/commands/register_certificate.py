"""`manage.py register_certificate <user number> <file.pem>`: makes a client certificate known as a system account's."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Account
from accounts.refusals import Refusal
from certificates.services import register_certificate


class Command(BaseCommand):
    help = "Makes a client certificate (PEM) known as an account's own, so that the gate knows its software by it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user_number")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(user_number=options["user_number"]).first()
        if account is None:
            raise CommandError("No account has this user number.")
        by = Actor(user_agent="manage.py register_certificate")
        try:
            pem = options["file"].read_bytes()
            certificate = register_certificate(account, pem=pem, by=by, at=timezone.now())
        except OSError as unreadable:
            raise CommandError(f"The file cannot be read: {unreadable}") from None
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"Registered: {certificate.fingerprint}")
