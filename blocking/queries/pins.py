"""What acts with PINs ask of the database."""

from __future__ import annotations

from accounts.models import Account
from blocking.choices import BlockReason
from blocking.models import Block, PinRequest, PinRequestQuerySet


def is_blocked_by_support(account: Account) -> bool:
    return Block.objects.open().filter(account=account, reason=BlockReason.SUPPORT).exists()


def waiting_requests() -> PinRequestQuerySet:
    return PinRequest.objects.waiting()
