"""What somebody may read of their own account: its blocks and what was asked of Support about it."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Account
from blocking.models import Block, SupportCase


def blocks_of(account: Account) -> QuerySet[Block]:
    """Open and lifted, oldest first."""
    return Block.objects.filter(account=account).select_related("service").order_by("opened_at", "pk")


def open_blocks_with_service(account: Account) -> QuerySet[Block]:
    return Block.objects.open().filter(account=account).select_related("service").order_by("opened_at", "pk")


def cases_about(account: Account) -> QuerySet[SupportCase]:
    return SupportCase.objects.filter(account=account).order_by("opened_at", "pk")
