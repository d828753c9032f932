"""Links that are sent by mail: signed, so that nobody makes one up; what they open is looked up and used once."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

EMAIL_CHANGE: Final = "accounts.email_change"


def token_of(public_id: UUID | str, purpose: str) -> str:
    return Signer(salt=purpose).sign(str(public_id))


def public_id_in(token: str, purpose: str) -> UUID | None:
    """What the token is about, or None where we did not sign it for this purpose."""
    try:
        return UUID(Signer(salt=purpose).unsign(token))
    except (BadSignature, ValueError):
        return None
