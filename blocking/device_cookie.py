"""The device cookie (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"), read and written.

It holds a random name for each account that signed in on this browser, newest first, signed as a whole. It holds no
number and no name of anybody. The portal keeps only the hash of each.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from django.core.signing import BadSignature, Signer

# A shared computer at a desk; who signs in after that pushes the oldest out.
ACCOUNTS_PER_BROWSER: Final = 10
# OWASP ASVS 5.0, 7.2.3, asks 128 bits of a session's name; this lives longer.
TOKEN_BYTES: Final = 24
# Ten names and a signature are some 400 characters; what is longer is none of ours.
LONGEST: Final = 600
_BETWEEN: Final = "."


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """A fast hash is enough: a random name of this length cannot be guessed."""
    return sha256(token.encode()).hexdigest()


def tokens_in(cookie: str) -> tuple[str, ...]:
    """The names in a cookie that the portal signed; none in any other."""
    if not cookie or len(cookie) > LONGEST:
        return ()
    try:
        return tuple(_signer().unsign(cookie).split(_BETWEEN))
    except BadSignature:
        return ()


def cookie_with(token: str, *, before: Iterable[str]) -> str:
    """What the browser is to keep from now on: this name, and the newest of those it had."""
    return _signer().sign(_BETWEEN.join([token, *before][:ACCOUNTS_PER_BROWSER]))


def _signer() -> Signer:
    return Signer(salt="blocking.device_cookie")
