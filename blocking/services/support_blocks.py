"""Support blocks an account: a lost key, a suspicion. It is lifted like all that Support lifts: by a case."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from accounts.actors import Actor
from accounts.choices import AccountState
from accounts.models import Account
from accounts.refusals import Refusal
from accounts.services import record_refusal, refusals_recorded
from blocking.choices import BlockReason
from blocking.models import Block
from blocking.queries.lifting import lifter_of
from blocking.queries.pins import is_blocked_by_support
from blocking.refusals import BlockedBySupportAlready, NothingToBlock, NotYourselfToBlock, OnlySupportBlocks
from blocking.services.blocks import open_block
from blocking.services.cases.records import insist_on_reason

REFUSED: Final = "account:support_block:refused"


def place_support_block(account: Account, *, by: Actor, at: datetime, reason: str) -> Block:
    """Block the account at once and end its sessions. Audited with the reason, which only Support reads.

    Raises OnlySupportBlocks, NotYourselfToBlock, NothingToBlock, BlockedBySupportAlready or ReasonMissing; refusals are
    audited.
    """
    with refusals_recorded(REFUSED, by=by, at=at, account=account):
        refusal = why_not_to_block(account, by=by, at=at)
        if refusal:
            raise refusal
        insist_on_reason(reason)
        block = open_block(account, reason=BlockReason.SUPPORT, by=by, at=at, remark=reason)
        if block is None:
            raise BlockedBySupportAlready
    return block


def record_block_refused(account: Account, refusal: Refusal, *, by: Actor, at: datetime) -> None:
    """A block that was not even tried, because it is refused whatever the reason."""
    record_refusal(REFUSED, refusal, by=by, at=at, account=account)


def why_not_to_block(account: Account, *, by: Actor, at: datetime) -> Refusal | None:
    """What would refuse the block, for a page that asks first; None where nothing does."""
    lifter = lifter_of(by, at)
    grounds: tuple[tuple[bool, type[Refusal]], ...] = (
        (not lifter.is_support, OnlySupportBlocks),
        (lifter.account_id == account.pk, NotYourselfToBlock),
        (account.state == AccountState.REMOVED, NothingToBlock),
        (is_blocked_by_support(account), BlockedBySupportAlready),
    )
    return next((refusal() for stands, refusal in grounds if stands), None)
