"""What this floor lets go of when the removal of an account is final."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from accounts.actors import PORTAL
from accounts.models import Account
from accounts.services import record
from blocking.choices import CaseState, LiftChannel
from blocking.models import Block, CallerCode, SupportCase
from blocking.services.browsers import forget_all_browsers
from blocking.services.cases.closing import close
from blocking.services.cases.records import record_on

REMOVED: Final = "Het account is verwijderd."


def let_go_of_removed(account: Account, *, at: datetime) -> None:
    """Open blocks are closed, requests for help withdrawn, browsers and codes forgotten; the history stays. Audited.

    In the transaction of the removal, the account locked. Nobody is told: the removal is what there is to tell.
    """
    for block in Block.objects.open().filter(account=account).select_for_update(of=("self",), no_key=True):
        _close(block, at)
    _withdraw_cases(account, at)
    forget_all_browsers(account, by=PORTAL, at=at)
    CallerCode.objects.filter(account=account).delete()


def _close(block: Block, at: datetime) -> None:
    block.lifted_at, block.lift_channel = max(at, block.opened_at), LiftChannel.REMOVAL
    block.save(update_fields=["lifted_at", "lift_channel"])
    parameters = {"block": str(block.public_id), "reason": block.reason_in_words}
    record("account:block:closed", by=PORTAL, at=at, account=block.account, parameters=parameters)


def _withdraw_cases(account: Account, at: datetime) -> None:
    open_cases = SupportCase.objects.open().filter(account=account).select_for_update(of=("self",), no_key=True)
    for case in open_cases.select_related("account__organisation"):
        close(case, CaseState.WITHDRAWN, by=PORTAL, at=at, note=REMOVED)
        record_on(case, "account:case:withdrawn", by=PORTAL, at=at, note=REMOVED)
