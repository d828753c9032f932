"""Somebody who is signed in wants their mail elsewhere: the password opens it, the new mailbox finishes it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from accounts.actors import Actor
from accounts.choices import Secret
from accounts.models import Account, EmailChange
from accounts.services import confirm_email_change, request_email_change
from blocking.choices import Door
from blocking.queries.browsers import budget_class_of
from blocking.services import counting
from blocking.services.cases.records import refusals_recorded
from blocking.services.guard import Typed, check_secret
from blocking.services.notices import ask_to_confirm_email, tell_email_change_requested, tell_email_changed
from blocking.services.proving import still_stands


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
    with _refusals_recorded(account, by=by, at=at):
        browser_class = budget_class_of(proven, by=by, at=at)
        if not still_stands(proven, Door.CHANGE_EMAIL, browser_class=browser_class):
            return None
        counting.start_afresh(proven, Secret.PASSWORD, browser_class=browser_class)
        change = request_email_change(proven, email=email, by=by, at=at)
        ask_to_confirm_email(change, at=at)
        tell_email_change_requested(change, at=at)
    return change


def confirm_own_email_change(change: EmailChange, *, by: Actor, at: datetime) -> EmailChange:
    """From now on mail goes to the new address, and the one before hears of that. Raises EmailChangeOver, audited."""
    with _refusals_recorded(change.account, by=by, at=at):
        confirmed = confirm_email_change(change, by=by, at=at)
        tell_email_changed(confirmed, at=at)
    return confirmed


def _refusals_recorded(account: Account, *, by: Actor, at: datetime) -> AbstractContextManager[None]:
    return refusals_recorded(by=by, at=at, account=account, slug="account:email_change:refused")
