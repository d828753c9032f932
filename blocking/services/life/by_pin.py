"""What is done with a PIN and a new password, at whichever door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import record, set_password
from blocking.services import hashing
from blocking.services.completing import complete_entry
from blocking.services.guard import Typed, check_secret


def set_password_by_pin(
    typed: Typed, new_password: str, *, by: Actor, at: datetime, act: Callable[[Account, Actor], None]
) -> Account | None:
    """Set a password on showing the PIN and do `act` with it, all or nothing; None where the entry is refused.

    Raises ValidationError, after a right PIN only, when the password does not suit this account; that the PIN was right
    is audited, its count is not reset by it. Raises Overloaded.
    """
    account = check_secret(typed, by=by, at=at)
    if account is None:
        return None
    known, parameters = by.known_as(account), {"door": typed.door.label}
    record("account:pin:accepted", by=known, at=at, account=account, parameters=parameters)
    validate_password(new_password, account)
    # The new hash takes memory as well, so it waits for a place like every other.
    with hashing.hashing_place(), transaction.atomic():
        if not complete_entry(account, typed.door, by=by, at=at):
            return None
        set_password(account, new_password=new_password, by=known, at=at)
        act(account, known)
    return account
