"""A forgotten password, changed with the PIN."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import record, set_password
from blocking.choices import BlockReason, Door, LiftChannel, LiftReason
from blocking.models import Block
from blocking.services import hashing
from blocking.services.completing import complete_entry
from blocking.services.guard import Typed, check_secret
from blocking.services.lifting import Lift, lift_without_asking
from blocking.services.notices import tell_password_changed


def change_forgotten_password(
    *, user_number: str, pin: str, new_password: str, by: Actor, at: datetime
) -> Account | None:
    """Set a new password on showing the PIN; the account, or None where the entry is refused.

    Works while a password block is open and leaves it open, unless
    PORTAL_RESET_LIFTS_PASSWORD_BLOCK. Ends every session of the account and mails the rightful
    user. Raises ValidationError, after a right PIN only, when the password does not suit this
    account; that the PIN was right is audited, its count is not reset by it. Raises Overloaded.
    """
    typed = Typed(Door.FORGOTTEN_PASSWORD, user_number, pin)
    account = check_secret(typed, by=by, at=at)
    if account is None:
        return None
    record("account:pin:accepted", by=by, at=at, account=account, parameters={"door": typed.door.label})
    validate_password(new_password, account)
    # The new hash takes memory as well, so it waits for a place like every other.
    with hashing.hashing_place(), transaction.atomic():
        if not complete_entry(account, typed.door, by=by, at=at):
            return None
        _replace_password(account, new_password, by=by.known_as(account), at=at)
    return account


def _replace_password(account: Account, new_password: str, *, by: Actor, at: datetime) -> None:
    set_password(account, new_password=new_password, by=by, at=at)
    tell_password_changed(account, at=at)
    if settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK:
        _lift_password_block(account, by=by, at=at)


def _lift_password_block(account: Account, *, by: Actor, at: datetime) -> None:
    lift = Lift(channel=LiftChannel.PORTAL, reason=LiftReason.FORGOTTEN)
    for block in Block.objects.open().filter(account=account, reason=BlockReason.PASSWORD):
        lift_without_asking(block, by=by, at=at, lift=lift)
