"""What a passkey was asked to sign: kept in the session, good for one answer."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Final

from django.contrib.sessions.backends.base import SessionBase

from accounts.services import Asked

CHALLENGE: Final = "passkey_challenge"


def remember(session: SessionBase, asked: Asked) -> str:
    """Keeps the challenge, and returns what the browser is asked."""
    session[CHALLENGE] = b64encode(asked.challenge).decode()
    return asked.options


def take(session: SessionBase) -> bytes:
    """The challenge, this once; where nothing was asked an empty one, which no key ever signed."""
    return b64decode(session.pop(CHALLENGE, ""))
