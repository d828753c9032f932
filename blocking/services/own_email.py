"""Somebody who is signed in wants their mail elsewhere: the password opens it, the new mailbox finishes it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from accounts.actors import Actor
from accounts.models import Account, EmailChange
from accounts.services import confirm_email_change, refusals_recorded, request_email_change
from blocking.choices import Door
from blocking.services.completing import complete_entry
from blocking.services.guard import Typed, check_secret
from blocking.services.notices import ask_to_confirm_email, tell_email_change_requested, tell_email_changed

REFUSED: Final = "account:email_change:refused"


def ask_for_own_email_change(
    account: Account, *, password: str, email: str, by: Actor, at: datetime
) -> EmailChange | None:
    """Begin a change for who shows the password; None where that is refused.

    A wrong entry counts as at every door. The new address gets a link, the present one a notice. Nothing else changes.
    Raises TooManyEmailChanges, audited, and Overloaded.
    """
    proven = check_secret(Typed(Door.CHANGE_EMAIL, account.user_number, password), by=by, at=at)
    if proven is None:
        return None
    with refusals_recorded(REFUSED, by=by, at=at, account=account):
        if not complete_entry(proven, Door.CHANGE_EMAIL, by=by, at=at):
            return None
        change = request_email_change(proven, email=email, by=by, at=at)
        ask_to_confirm_email(change, at=at)
        tell_email_change_requested(change, at=at)
    return change


def confirm_own_email_change(change: EmailChange, *, by: Actor, at: datetime) -> EmailChange:
    """From now on mail goes to the new address, and the one before hears of that. Raises EmailChangeOver, audited."""
    with refusals_recorded(REFUSED, by=by, at=at, account=change.account):
        confirmed = confirm_email_change(change, by=by, at=at)
        tell_email_changed(confirmed, at=at)
    return confirmed
