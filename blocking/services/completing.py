"""The act behind a right entry, at doors of higher floors."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from accounts.models import Account
from blocking.choices import Door
from blocking.doors import DOORS
from blocking.queries.browsers import budget_class_of
from blocking.services import counting
from blocking.services.proving import still_stands


def complete_entry(account: Account, door: Door, *, by: Actor, at: datetime) -> bool:
    """Give five fresh attempts, because the act behind a right entry is being done; in the caller's transaction.

    False where the secret would not be let in any more, and then the act is not to be done. Locks the account.
    """
    browser_class = budget_class_of(account, by=by, at=at)
    if not still_stands(account, door, browser_class=browser_class):
        return False
    counting.start_afresh(account, DOORS[door].secret, browser_class=browser_class)
    return True
