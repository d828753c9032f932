"""A forgotten password, changed with the PIN."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from accounts.actors import Actor
from accounts.models import Account
from blocking.choices import BlockReason, Door, LiftChannel, LiftReason
from blocking.models import Block
from blocking.services.guard import Typed
from blocking.services.life.by_pin import set_password_by_pin
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

    def replaced(account: Account, known: Actor) -> None:
        tell_password_changed(account, at=at)
        if settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK:
            _lift_password_block(account, by=known, at=at)

    typed = Typed(Door.FORGOTTEN_PASSWORD, user_number, pin)
    return set_password_by_pin(typed, new_password, by=by, at=at, act=replaced)


def _lift_password_block(account: Account, *, by: Actor, at: datetime) -> None:
    lift = Lift(channel=LiftChannel.PORTAL, reason=LiftReason.FORGOTTEN)
    for block in Block.objects.open().filter(account=account, reason=BlockReason.PASSWORD):
        lift_without_asking(block, by=by, at=at, lift=lift)
