"""Breaking the glass: whoever has a shell on the server lifts any block, or takes away second factors of somebody whom
nobody else can help; and nobody misses that it happened."""

from __future__ import annotations

import logging
from datetime import datetime

from accounts.actors import PORTAL
from accounts.models import Account
from accounts.services import record, refusals_recorded, take_factors_away
from blocking.choices import LiftChannel, LiftReason
from blocking.models import Block
from blocking.refusals import AlreadyLifted
from blocking.services.cases.records import insist_on_reason
from blocking.services.lifting import Lift, lift_without_asking
from blocking.services.notices import tell_factors_glass_broken, tell_glass_broken

logger = logging.getLogger(__name__)


def lift_by_break_glass(block: Block, *, reason: str, by_name: str, at: datetime) -> None:
    """Lift past every rule: audited under a name of its own, an error in the log, a mail to Support.

    Raises ReasonMissing without a reason or a name, and AlreadyLifted; refusals are audited.
    """
    with refusals_recorded("account:break_glass:refused", by=PORTAL, at=at, account=block.account):
        insist_on_reason(reason)
        insist_on_reason(by_name)
        lift = Lift(LiftChannel.BREAK_GLASS, LiftReason.OTHER, reason)
        now = lift_without_asking(block, by=PORTAL, at=at, lift=lift)
        if now is None:
            raise AlreadyLifted
        parameters = {"block": str(now.public_id), "reason": now.reason_in_words, "note": reason, "by_name": by_name}
        record("account:break_glass:used", by=PORTAL, at=at, account=now.account, parameters=parameters)
        tell_glass_broken(now, by_name=by_name, at=at)
    logger.error("The glass was broken: block %s was lifted past every rule.", block.public_id)


def reset_factors_by_break_glass(account: Account, *, reason: str, by_name: str, at: datetime) -> None:
    """For somebody of Support who lost their factors and has no colleague: they link a new one after the next password.

    As loud as a lift past every rule. Raises ReasonMissing without a reason or a name, and NothingToReset; audited.
    """
    with refusals_recorded("account:factors_break_glass:refused", by=PORTAL, at=at, account=account):
        insist_on_reason(reason)
        insist_on_reason(by_name)
        take_factors_away(account, by=PORTAL, at=at)
        parameters = {"note": reason, "by_name": by_name}
        record("account:factors_break_glass:used", by=PORTAL, at=at, account=account, parameters=parameters)
        tell_factors_glass_broken(account, why=reason, by_name=by_name, at=at)
    logger.error("The glass was broken: the second factors of account %s were taken away.", account.public_id)
