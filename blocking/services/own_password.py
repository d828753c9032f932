"""Somebody who is signed in chooses another password."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import set_password
from blocking.choices import Door
from blocking.services import hashing
from blocking.services.completing import complete_entry
from blocking.services.guard import Typed, check_secret
from blocking.services.notices import tell_password_changed


def change_own_password(
    account: Account, *, password: str, new_password: str, by: Actor, at: datetime
) -> Account | None:
    """Replace the password of who shows the present one; the account as it is then, or None where that is refused.

    A wrong entry counts as at every door. Ends every session of the account, the caller's too: keeping that one is up
    to the view. Mails the rightful user. Whether the new one suits is the caller's question. Raises Overloaded.
    """
    proven = check_secret(Typed(Door.CHANGE_PASSWORD, account.user_number, password), by=by, at=at)
    if proven is None:
        return None
    # The new hash takes memory as well, so it waits for a place like every other.
    with hashing.hashing_place(), transaction.atomic():
        if not complete_entry(proven, Door.CHANGE_PASSWORD, by=by, at=at):
            return None
        set_password(proven, new_password=new_password, by=by, at=at)
        tell_password_changed(proven, at=at, stays_signed_in=True)
    return proven
