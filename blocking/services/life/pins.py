"""A new PIN: made, and put sealed into the message box of who hands it over. It lifts no block."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from accounts.actors import Actor
from accounts.models import Account, Organisation
from accounts.services import issue_pin, locked_account, refusals_recorded
from blocking.life_refusals import NotContactPersonForPin, PinRefused, pin_refusal_of
from blocking.policy.pins import may_renew_pin
from blocking.queries.lifting import lifter_of
from blocking.queries.pins import is_blocked_by_support
from blocking.services import hashing
from blocking.services.life.telling import tell_pin_issued
from messagebox.models import Message
from messagebox.services import post_message

NEW_PIN: Final = "blocking:new_pin"
# Why there is a new PIN, for the words of the message.
ISSUED, ASKED, BY_CONTACT_PERSON, BY_SUPPORT = "issued", "asked", "contact_person", "support"


def renew_pin(account: Account, *, by: Actor, at: datetime) -> Message:
    """A contact person has a new PIN made for somebody of the own organisation; the message that brings it.

    The old PIN is invalid from this moment; a block stays. Audited, and the rightful user is told by mail. Raises a
    PinRefused named for the ground, audited, or Overloaded. Call it outside a transaction.
    """
    recorded = refusals_recorded("account:pin_issue:refused", by=by, at=at, account=account)
    with hashing.hashing_place(), recorded:
        locked = locked_account(account.pk)
        refusal = why_not_to_renew_pin(locked, by=by, at=at)
        if refusal or locked.organisation is None:
            raise refusal or NotContactPersonForPin
        return hand_over(locked, to=locked.organisation, why=BY_CONTACT_PERSON, by=by, at=at)


def why_not_to_renew_pin(account: Account, *, by: Actor, at: datetime) -> PinRefused | None:
    """What would refuse the press, for a page that asks first or shows a button."""
    lifter = lifter_of(by, at)
    verdict = may_renew_pin(
        is_contact_person=account.organisation_id is not None and lifter.mandate_of == account.organisation_id,
        is_own=lifter.account_id == account.pk,
        state=account.state,
        is_blocked_by_support=is_blocked_by_support(account),
    )
    return pin_refusal_of(verdict)


def hand_over(account: Account, *, to: Organisation, why: str, by: Actor, at: datetime) -> Message:
    """Make a PIN and post it, sealed. In the caller's transaction, the account locked; somebody can read the box."""
    pin = issue_pin(account, by=by, at=at)
    if why != ISSUED:
        tell_pin_issued(account, at=at)
    return post_message(
        to,
        kind=NEW_PIN,
        parameters={"why": why, "by_name": by.account.name if by.account and not by.account.is_staff else ""},
        about=account,
        by=by,
        at=at,
        secret=pin,
    )
