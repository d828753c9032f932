"""Refusing a page: written in the log, then raised. Acts are refused by the services that do them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from accounts.refusals import Refusal
from accounts.services import record_refusal

if TYPE_CHECKING:
    from accounts.actors import Actor
    from accounts.models import Account


def refuse_page(refusal: Refusal, *, by: Actor, at: datetime, account: Account | None = None) -> NoReturn:
    refuse("account:page:refused", refusal, by=by, at=at, account=account)


def refuse_lift(refusal: Refusal, *, by: Actor, at: datetime, account: Account) -> NoReturn:
    """Asking for the page of a lift that is not allowed is refused like the lift itself."""
    refuse("account:block_lift:refused", refusal, by=by, at=at, account=account)


def refuse(slug: str, refusal: Refusal, *, by: Actor, at: datetime, account: Account | None) -> NoReturn:
    record_refusal(slug, refusal, by=by, at=at, account=account)
    raise refusal


class TooManyAtOnce(Refusal):
    code = "too_many_at_once"
    status = 400
    sentence = "U kunt hoogstens 200 blokkades tegelijk opheffen. Kies er minder en doe de rest daarna."
