"""What somebody may read of their own account: its blocks, who lifts them and what was asked of Support about it."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.choices import AccountKind
from accounts.models import Account
from blocking.choices import BlockReason
from blocking.models import Block, SupportCase
from blocking.policy import contact_person_lifts


def blocks_of(account: Account) -> QuerySet[Block]:
    """Open and lifted, oldest first."""
    return Block.objects.filter(account=account).select_related("service").order_by("opened_at", "pk")


def open_blocks_with_service(account: Account) -> QuerySet[Block]:
    return Block.objects.open().filter(account=account).select_related("service").order_by("opened_at", "pk")


def cases_about(account: Account) -> QuerySet[SupportCase]:
    return SupportCase.objects.filter(account=account).order_by("opened_at", "pk")


def is_lifted_by_colleague(block: Block, account: Account) -> bool:
    """Does a contact person of the account's own organisation lift it? Support's own people have none."""
    organisation = account.organisation
    if organisation is None:
        return False
    reason, kind = BlockReason(block.reason), AccountKind(account.kind)
    return contact_person_lifts(reason, kind, is_pgb_provider=organisation.is_pgb_provider)
