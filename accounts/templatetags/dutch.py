"""Dutch as people write it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_PARTS: Final = re.compile("(?<=[@.])")

# Texts write numbers up to twelve in words, larger ones in digits.
_WORDS: Final = (
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
)


@register.filter
def in_words(number: int) -> str:
    """«vijf» for 5, «13» for 13."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


@register.filter
def duration_in_words(duration: timedelta) -> str:
    """«30 minuten», «twaalf uur»: in hours where it is whole hours."""
    minutes = int(duration.total_seconds() // 60)
    if minutes % 60 == 0:
        return f"{in_words(minutes // 60)} uur"
    return f"{in_words(minutes)} {'minuut' if minutes == 1 else 'minuten'}"


@register.filter
def spelled(secret: str) -> str:
    """«hoofdletter K, kleine letter x, cijfer 7»: as one reads it out."""
    return ", ".join(_character(character) for character in secret)


@register.filter
def breakable(address: str) -> SafeString:
    """An e-mail address that goes on to the next line behind @ or a dot, not inside a word."""
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in _PARTS.split(address) if part))


def _character(character: str) -> str:
    if character.isdigit():
        return f"cijfer {character}"
    return f"{'hoofdletter' if character.isupper() else 'kleine letter'} {character}"
