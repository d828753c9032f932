"""What a session holds while an app is linked or recovery codes are shown: sealed, for sessions lie in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib.sessions.backends.base import SessionBase

from accounts.sealing import SealBroken, seal, unseal
from accounts.services import new_key

KEY: Final = "key_to_link"
CODES: Final = "recovery_codes"
# Long enough to print them, and short enough for a screen that somebody leaves.
CODES_SHOWN_FOR: Final = timedelta(minutes=10)


def key_to_link(session: SessionBase) -> bytes:
    """The key of this attempt to link an app: the same until it succeeds, so that what was scanned stays good."""
    try:
        return unseal(session[KEY])
    except (KeyError, SealBroken):
        key = new_key()
        session[KEY] = seal(key)
        return key


def is_linked(session: SessionBase) -> None:
    session.pop(KEY, None)


def show_codes(session: SessionBase, codes: tuple[str, ...], at: datetime) -> None:
    """Until they are written down, or too long ago."""
    session[CODES] = {"sealed": seal(" ".join(codes).encode()), "at": at.isoformat()}


def codes_to_show(session: SessionBase, at: datetime) -> tuple[str, ...]:
    """None of them where there is nothing to show (any more)."""
    shown = session.get(CODES)
    if not shown or at - datetime.fromisoformat(shown["at"]) >= CODES_SHOWN_FOR:
        session.pop(CODES, None)
        return ()
    try:
        return tuple(unseal(shown["sealed"]).decode().split())
    except SealBroken:
        return ()


def codes_are_kept(session: SessionBase) -> None:
    session.pop(CODES, None)
