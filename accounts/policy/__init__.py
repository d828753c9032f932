"""Rules of the ground floor, pure: formats of numbers, codes and secrets.

Life of an account (being blocked is not on this line but a condition beside it):

    requested -> issued -> active -> removal_pending -> removed
                            |  ^
                            v  |
                          expired

Removing can be undone until it is final, from any state but the last (`accounts.policy.removal`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.choices import AccountState, Environment

# behaviour.md, section 1: exactly 8 and exactly 14 digits, kept as text.
AGB_CODE_PATTERN = r"^[0-9]{8}$"
USER_NUMBER_PATTERN = r"^[0-9]{14}$"
USER_NUMBER_LENGTH = 14
# With which digit a new number begins, so that one of another environment is known for what it is. Numbers that were
# given out before stay as they are.
USER_NUMBER_STARTS = {Environment.PRODUCTION: "1234567", Environment.ACCEPTANCE: "8", Environment.TEST: "9"}

# behaviour.md, section 2.
PASSWORD_MIN_LENGTH = 12
PASSWORD_MAX_LENGTH = 128
PIN_LENGTH = 8
# Upper, lower and digits without look-alikes: no 0 O o, 1 I l i, 5 S s, 2 Z z, 8 B, u v w beside U V W.
PIN_ALPHABET = "ACDEFGHJKLMNPQRTUVWXYabcdefghjkmnpqrtxy34679"
# A typed PIN longer than this cannot be one; it is malformed, so it is neither hashed nor counted.
PIN_ENTRY_MAX_LENGTH = 64

# A context word shorter than this says nothing about a password that holds it.
CONTEXT_WORD_MIN_LENGTH = 4

STATES_THAT_SIGN_IN = frozenset({AccountState.ACTIVE})
STATES_THAT_LIVE = frozenset(AccountState) - {AccountState.REMOVED}


def canonical_user_number(typed: str) -> str | None:
    """The user number somebody typed, spaces aside, or None where it cannot be one."""
    number = "".join(typed.split(" "))
    return number if re.fullmatch(r"[0-9]{14}", number) else None


def can_sign_in(state: str) -> bool:
    return state in STATES_THAT_SIGN_IN


def context_word_in(password: str, words: Iterable[str]) -> str | None:
    """The first context word that the password holds, whatever its case, or None."""
    folded = password.casefold()
    long_enough = (word for word in words if len(word) >= CONTEXT_WORD_MIN_LENGTH)
    return next((word for word in long_enough if word.casefold() in folded), None)


# NIST SP 800-63A-4 gives a code that is sent by e-mail 24 hours. Five a day: strangers may be the ones who get it.
EMAIL_CHANGE_LIFE = timedelta(hours=24)
EMAIL_CHANGES_A_DAY = 5
EMAIL_CHANGES_WINDOW = timedelta(hours=24)


# screens.md: sessions warn two minutes before they end.
SESSION_WARNING = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long somebody stays signed in: without doing anything, and whatever they do."""

    idle: timedelta
    absolute: timedelta

    @property
    def seen_every(self) -> timedelta:
        """So often, at most, it is written that somebody is still there: not at every request."""
        return self.idle / 30


def session_ends_at(*, signed_in_at: datetime | None, last_seen_at: datetime, limits: SessionLimits) -> datetime:
    """The idle limit counts from what was seen last, the absolute one from signing in (a visitor has none)."""
    idle_end = last_seen_at + limits.idle
    return min(idle_end, signed_in_at + limits.absolute) if signed_in_at else idle_end
