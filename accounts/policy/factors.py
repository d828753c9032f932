"""Second factors, pure: who must have one, how long showing one counts, and what a code looks like.

nobody --right password, has a factor--> half signed in --factor--> signed in
nobody --right password, must have one but has none--> only enrolling --factor confirmed--> signed in
nobody --right password, neither--> signed in

signed in --factor shown longer ago than the limit, and an act that matters--> asked again --factor--> back
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django_otp.oath import TOTP

from accounts.choices import Means

FACTORS: Final = frozenset(Means) - {Means.PASSWORD}

# RFC 6238, and what every authenticator app does when nothing else is said.
CODE_DIGITS: Final = 6
STEP_SECONDS: Final = 30
# RFC 6238, section 5.2: at most one step for a clock that is off and for the time of typing.
TOLERANCE_STEPS: Final = 1
# RFC 4226, section 4, R6: the length that is recommended.
KEY_BYTES: Final = 20

RECOVERY_CODES: Final = 10
# Crockford's base 32: nothing that is read as something else. 24 of them are 120 bits, so one plain hash is enough
# (OWASP ASVS 5.0, 6.5.2: from 112 bits on), and spending one is a single statement.
RECOVERY_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_LENGTH: Final = 24
RECOVERY_GROUP: Final = 4
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody showed this at that moment."""

    means: Means
    at: datetime


def must_have_factor(*, is_staff: bool, has_mandate: bool) -> bool:
    """Contact persons and Support always; others when they wish."""
    return is_staff or has_mandate


def factor_shown_at(proofs: Iterable[Proof]) -> datetime | None:
    """When a second factor was last shown, if ever."""
    return max((proof.at for proof in proofs if proof.means in FACTORS), default=None)


def is_recent(shown_at: datetime | None, at: datetime, *, within: timedelta) -> bool:
    """Is a factor shown then still good enough for an act that matters?"""
    return shown_at is not None and at - shown_at < within


def canonical_code(typed: str) -> str | None:
    """The one-time code that somebody typed, spaces aside, or None where it cannot be one."""
    code = "".join(typed.split())
    return code if re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", code) else None


def matching_step(key: bytes, code: str, at: datetime) -> int | None:
    """The time step whose code this is, within the tolerance; None where it is wrong."""
    totp = TOTP(key, step=STEP_SECONDS, digits=CODE_DIGITS)
    totp.time = at.timestamp()
    return int(totp.t()) if totp.verify(int(code), tolerance=TOLERANCE_STEPS) else None


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def code_of_step(key: bytes, step: int) -> str:
    totp = TOTP(key, step=STEP_SECONDS, digits=CODE_DIGITS)
    totp.time = step * STEP_SECONDS
    return f"{totp.token():0{CODE_DIGITS}d}"


def new_recovery_code() -> str:
    return "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH))


def canonical_recovery_code(typed: str) -> str | None:
    """The recovery code that somebody typed: dashes, spaces and case aside, look-alikes as they were meant."""
    code = re.sub(r"[\s-]", "", typed).upper().translate(_MISREAD)
    return code if re.fullmatch(rf"[{RECOVERY_ALPHABET}]{{{RECOVERY_LENGTH}}}", code) else None


def digest_of(code: str) -> str:
    """What is kept of a recovery code: a plain hash, for a code of 120 random bits cannot be found from it."""
    return hashlib.sha256(f"accounts.recovery_code:{code}".encode()).hexdigest()


def in_groups(code: str) -> str:
    """As people copy it: in groups of four with dashes between."""
    return "-".join(code[place : place + RECOVERY_GROUP] for place in range(0, len(code), RECOVERY_GROUP))
