"""Activation: number, PIN and a password of one's own make an issued account one that is used; an expired one too."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import activate_account
from blocking.choices import Door
from blocking.services.guard import Typed
from blocking.services.life.by_pin import set_password_by_pin
from blocking.services.life.telling import tell_activated


def activate(*, user_number: str, pin: str, new_password: str, by: Actor, at: datetime) -> Account | None:
    """The account, active from now on; None where the entry is refused, for whatever reason.

    Signs nobody in and bypasses no second factor. The rightful user is told by mail. Raises what `set_password_by_pin`
    raises.
    """

    def begin(account: Account, known: Actor) -> None:
        activate_account(account, by=known, at=at)
        tell_activated(account, at=at)

    typed = Typed(Door.ACTIVATING, user_number, pin)
    return set_password_by_pin(typed, new_password, by=by, at=at, act=begin)
