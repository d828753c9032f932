"""What makes a password unsuitable: length, well-known words, and words from its own context."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError

from accounts.models import Account
from accounts.policy import PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, context_word_in

_DUTCH_WORDS = Path(__file__).parent / "data" / "dutch_password_words.txt"


class LengthValidator:
    """12 to 128 characters, counted as typed."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if len(password) < PASSWORD_MIN_LENGTH:
            raise ValidationError(
                f"Kies een wachtwoord van minstens {PASSWORD_MIN_LENGTH} tekens. "
                "Een zin van een paar woorden is makkelijk te onthouden.",
                code="password_too_short",
            )
        if len(password) > PASSWORD_MAX_LENGTH:
            raise ValidationError(
                f"Een wachtwoord heeft hoogstens {PASSWORD_MAX_LENGTH} tekens.", code="password_too_long"
            )

    def get_help_text(self) -> str:
        return f"Minstens {PASSWORD_MIN_LENGTH} tekens. Een zin mag, met spaties."


class ContextWordValidator:
    """Not the organisation's name, the user number, the AGB code or the person's own name."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if user and context_word_in(password, _context_words(user)):
            raise ValidationError(
                "Gebruik in uw wachtwoord niet uw naam, uw gebruikersnummer of gegevens van uw organisatie.",
                code="password_context_word",
            )

    def get_help_text(self) -> str:
        return "Zonder uw naam, uw gebruikersnummer of de naam van uw organisatie."


class DutchWordValidator:
    """Not one well-known Dutch word with figures or signs around it."""

    def validate(self, password: str, user: Account | None = None) -> None:
        words = re.findall(r"[^\W\d_]+", password.casefold())
        if len(set(words)) <= 1 and set(words) <= _dutch_words():
            raise ValidationError(
                "Dit wachtwoord is te makkelijk te raden: het is één bekend woord met cijfers of tekens. "
                "Gebruik een paar woorden achter elkaar.",
                code="password_dutch_word",
            )

    def get_help_text(self) -> str:
        return "Niet één bekend woord met cijfers erachter."


def _context_words(account: Account) -> list[str]:
    words = [account.user_number, *account.name.split()]
    if account.organisation:
        words += [account.organisation.agb_code, *account.organisation.name.split()]
    return words


@cache
def _dutch_words() -> frozenset[str]:
    return frozenset(_DUTCH_WORDS.read_text(encoding="utf-8").split())
