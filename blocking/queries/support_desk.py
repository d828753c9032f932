"""What Support's pages say about a block: what the caller must say, why it is there, what else keeps the account."""

from __future__ import annotations

import re

from django.db.models import Count

from accounts.choices import AccountKind
from accounts.models import Account, AuditEvent
from blocking.choices import BlockReason
from blocking.models import Block, BlockQuerySet
from blocking.policy import LiftRule, rule_at_support


def block_at_support(pk: int) -> Block | None:
    """A block with whoever its page names."""
    named = Block.objects.select_related("account__organisation", "service", "lifted_by")
    return named.filter(pk=pk).first()


def account_at_support(key: str) -> Account | None:
    """The account that an address names by its key."""
    return Account.objects.select_related("organisation").filter(pk=key_in(key)).first()


def open_block_at_support(key: str) -> Block | None:
    """The open block that an address names by its key; a lifted one is as if it were not named."""
    block = block_at_support(key_in(key))
    return block if block and block.is_open else None


def key_in(text: str) -> int:
    """Nobody's, where it is none; one digit less than the largest bigint has."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else 0


def open_blocks_by_reason() -> dict[BlockReason, int]:
    """How many are open anywhere, of each reason there is one of."""
    counted = Block.objects.open().order_by().values_list("reason").annotate(Count("pk"))
    numbers = dict(counted)
    return {reason: numbers[reason] for reason in BlockReason if reason in numbers}


def rule_of(block: Block) -> LiftRule:
    """What Support asks of whoever calls about this block."""
    is_colleague = block.account.organisation is None
    return rule_at_support(BlockReason(block.reason), AccountKind(block.account.kind), is_colleague=is_colleague)


def reason_of_support(block: Block) -> str:
    """Why Support placed this block, as only Support reads it: from the log."""
    event = _opening_of(block)
    return str(event.parameters.get("remark", "")) if event else ""


def placed_by(block: Block) -> str:
    """Who of Support placed this block: from the log. Nobody's name where the portal did."""
    event = _opening_of(block)
    return event.actor.name if event and event.actor else "Het portaal"


def _opening_of(block: Block) -> AuditEvent | None:
    opened = AuditEvent.objects.filter(account=block.account, slug="account:block:opened").select_related("actor")
    return opened.filter(parameters__block=str(block.public_id)).first()


def other_open_blocks(block: Block) -> BlockQuerySet:
    """What keeps the account blocked when this one is lifted, oldest first."""
    others = Block.objects.open().filter(account=block.account_id).exclude(pk=block.pk)
    return others.order_by("opened_at", "pk")
