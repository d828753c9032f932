"""Secrets that have to be read again, sealed before they land in the database: encrypted and signed (Fernet).

The newest key seals, every key opens. They come from PORTAL_SEALING_KEYS; where that is empty, from the secret key.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32


class SealBroken(Exception):
    """Sealed with a key that this deployment does not have (any more), or not sealed by it at all."""


def seal(secret: bytes) -> str:
    return _ring(*_keys()).encrypt(secret).decode()


def unseal(sealed: str) -> bytes:
    """Raises SealBroken."""
    try:
        return _ring(*_keys()).decrypt(sealed)
    except InvalidToken:
        raise SealBroken from None


def reseal(sealed: str) -> str:
    """The same secret under the newest key. Raises SealBroken."""
    try:
        return _ring(*_keys()).rotate(sealed).decode()
    except InvalidToken:
        raise SealBroken from None


def _keys() -> tuple[str, ...]:
    return settings.PORTAL_SEALING_KEYS or (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _ring(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """Of its own for this purpose, so that it has nothing in common with what else is made from that key."""
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"accounts.sealing").derive(key.encode())
    return urlsafe_b64encode(derived)
