"""`manage.py reset_factors`: for somebody of Support who lost every second factor, when no colleague can help."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actors import inert
from accounts.models import Account
from accounts.policy import canonical_user_number
from accounts.refusals import NothingToReset
from blocking.management.commands.break_glass_lift import NAME_MAX_LENGTH, NOTE_MAX_LENGTH
from blocking.refusals import ReasonMissing
from blocking.services import reset_factors_by_break_glass


class Command(BaseCommand):
    help = "Takes away every second factor of an account. It stands in the log, and Support is told by mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user_number", help="of whose account it is")
        parser.add_argument("--reason", required=True, help="why nobody at Support can do this; stands in the log")
        parser.add_argument("--by-name", required=True, help="who you are; stands in the log")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(user_number=canonical_user_number(options["user_number"]) or "").first()
        if account is None:
            raise CommandError("There is no account with that user number.")
        reason, by_name = inert(options["reason"], NOTE_MAX_LENGTH), inert(options["by_name"], NAME_MAX_LENGTH)
        try:
            reset_factors_by_break_glass(account, reason=reason, by_name=by_name, at=timezone.now())
        except ReasonMissing:
            raise CommandError(
                "Say why nobody at Support can do this, and who you are: --reason and --by-name."
            ) from None
        except NothingToReset:
            raise CommandError("This account has no second factor.") from None
        self.stdout.write(
            f"Taken away: every second factor of {account.name}, who links a new one after the next right password. "
            "Support is told by mail."
        )
