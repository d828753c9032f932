"""Passwords, PINs and app keys of demo people: made anew from the deployment's secret key whenever they are asked for.

So they are stored nowhere, differ per deployment, and can still be printed for who tries the demo.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.crypto import salted_hmac

from accounts.choices import AccountKind, AccountState
from accounts.policy import PIN_ALPHABET, PIN_LENGTH
from accounts.policy.factors import KEY_BYTES
from vecozo_portal.demo.cast import Person

# 256 short words, so one byte chooses one: 32 bits from a key that nobody knows, enough to type and to play with.
_WORDS = Path(__file__).parent / "data" / "words.txt"
_WORDS_IN_PASSWORD = 4


def password_of(person: Person) -> str | None:
    """Four words; None where the person never chose a password."""
    has_one = person.kind == AccountKind.PERSONAL and person.state not in _WITHOUT_PASSWORD
    return "-".join(_words()[byte] for byte in _bytes("password", person)[:_WORDS_IN_PASSWORD]) if has_one else None


def pin_of(person: Person) -> str | None:
    """As the portal issues them, except that the first is a letter, so that Caps Lock makes it wrong."""
    if person.state == AccountState.REQUESTED:
        return None
    first, *rest = _bytes("pin", person)[:PIN_LENGTH]
    return _letter(first) + "".join(PIN_ALPHABET[byte % len(PIN_ALPHABET)] for byte in rest)


def totp_key_of(person: Person) -> bytes | None:
    """The key of the app that contact persons and Support have linked; None for everybody else."""
    must_have = person.firm is None or person.rank is not None
    return _bytes("totp", person)[:KEY_BYTES] if must_have else None


_WITHOUT_PASSWORD = frozenset({AccountState.REQUESTED, AccountState.ISSUED})


def _letter(byte: int) -> str:
    letters = [character for character in PIN_ALPHABET if character.isalpha()]
    return letters[byte % len(letters)]


def _bytes(secret: str, person: Person) -> bytes:
    return salted_hmac(f"vecozo_portal.demo.{secret}", person.user_number, algorithm="sha256").digest()


@cache
def _words() -> tuple[str, ...]:
    return tuple(_WORDS.read_text(encoding="utf-8").split())
