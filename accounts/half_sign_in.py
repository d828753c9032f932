"""Somebody who gave the right password and has yet to show the second factor: known to the session, not signed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from accounts.actors import Actor
from accounts.models import Account
from accounts.refusals import BlockedMeanwhile, ChangedMeanwhile, TookTooLong

HALF: Final = "half_signed_in"


def begin(session: SessionBase, account: Account, at: datetime) -> None:
    """Remember who it is. Whoever was signed in here no longer is."""
    session.flush()
    session[HALF] = {"account": account.pk, "at": at.isoformat(), "tied_to": account.get_session_auth_hash()}


def forget(session: SessionBase) -> None:
    session.pop(HALF, None)


def begun_at(session: SessionBase) -> datetime | None:
    """When the password was given; None where nobody is half-way."""
    return datetime.fromisoformat(session[HALF]["at"]) if HALF in session else None


def remembered(session: SessionBase) -> Account | None:
    """Whoever it was, whether or not that still stands: to write down on whom something was refused."""
    return Account.objects.select_related("organisation").filter(pk=session[HALF]["account"]).first()


def account_half_way(session: SessionBase, *, by: Actor, at: datetime) -> Account:
    """Who it is, if that still stands. Raises TookTooLong, ChangedMeanwhile or BlockedMeanwhile."""
    limit = timedelta(minutes=settings.PORTAL_HALF_SIGN_IN_MINUTES)
    if at - datetime.fromisoformat(session[HALF]["at"]) >= limit:
        raise TookTooLong
    account = remembered(session)
    if account is None or not constant_time_compare(session[HALF]["tied_to"], account.get_session_auth_hash()):
        raise ChangedMeanwhile
    if not may_sign_in(account, by=by, at=at):
        raise BlockedMeanwhile
    return account


def may_sign_in(account: Account, *, by: Actor, at: datetime) -> bool:
    """Asks the guarded backend, as Django's own backends are asked: this floor never learns what a block is."""
    return all(backend.user_can_authenticate(account, by=by, at=at) for backend in get_backends())  # type: ignore[attr-defined]
