"""`manage.py break_glass_lift`: for when nobody at Support can lift a block that must be lifted now."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.timezone import localtime

from accounts.actors import inert
from accounts.policy import canonical_user_number
from blocking.choices import BlockReason
from blocking.models import Block, BlockQuerySet
from blocking.refusals import AlreadyLifted, ReasonMissing
from blocking.services import lift_by_break_glass

NOTE_MAX_LENGTH, NAME_MAX_LENGTH = 400, 100


class Command(BaseCommand):
    help = "Lifts any block past every rule. It stands in the log, and Support is told by mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("block", help="the public id of the block, or the user number of whose it is")
        parser.add_argument("block_reason", nargs="?", choices=BlockReason.values, help="with a user number")
        parser.add_argument("--service", default="", help="code of the service, where two quotas block one account")
        parser.add_argument("--reason", required=True, help="why this cannot wait; stands in the log")
        parser.add_argument("--by-name", required=True, help="who you are; stands in the log")

    def handle(self, *args: Any, **options: Any) -> None:
        block = _the_one(_named(options["block"], options["block_reason"], options["service"]))
        reason, by_name = inert(options["reason"], NOTE_MAX_LENGTH), inert(options["by_name"], NAME_MAX_LENGTH)
        try:
            lift_by_break_glass(block, reason=reason, by_name=by_name, at=timezone.now())
        except ReasonMissing:
            raise CommandError("Say why this cannot wait, and who you are: --reason and --by-name.") from None
        except AlreadyLifted:
            raise CommandError(_lifted_already(block)) from None
        self.stdout.write(f"Lifted: the {block.reason} block of {block.account.name}. Support is told by mail.")


def _named(name: str, reason: str | None, service: str) -> BlockQuerySet:
    number = canonical_user_number(name)
    blocks = Block.objects.select_related("account__organisation", "service")
    if number is None:
        return blocks.filter(public_id=_public_id(name))
    if reason is None:
        raise CommandError(f"With a user number, say which block: {', '.join(BlockReason.values)}.")
    found = blocks.filter(account__user_number=number, reason=reason)
    found = found.filter(service__code=service) if service else found
    if not found.open().exists() and (last := found.order_by("-lifted_at").first()):
        raise CommandError(_lifted_already(last))
    return found.open()


def _lifted_already(block: Block) -> str:
    block.refresh_from_db()
    moment = f" at {localtime(block.lifted_at):%Y-%m-%d %H:%M}" if block.lifted_at else ""
    by = f" by {block.lifted_by.name}" if block.lifted_by else ""
    return f"The {block.reason} block was lifted already{moment}{by}."


def _public_id(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError:
        raise CommandError("That is neither the public id of a block nor a user number of 14 digits.") from None


def _the_one(blocks: BlockQuerySet) -> Block:
    found = list(blocks[:2])
    if not found:
        raise CommandError("There is no such block.")
    if len(found) > 1:
        raise CommandError("There are several: say which with --service, or give the public id.")
    return found[0]
