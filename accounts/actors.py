"""Who acts, and from where: the `by` of every service."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Account, Organisation

USER_AGENT_MAX_LENGTH = 300


@dataclass(slots=True)
class Keepsake:
    """What a browser kept for the portal, and what it is to keep from now on. What it means, higher floors know."""

    shown: str = ""
    to_keep: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. Without an account it is a stranger, or the portal itself."""

    account: Account | None = None
    on_behalf_of: Organisation | None = None
    source_address: str | None = None
    user_agent: str = ""
    keepsake: Keepsake | None = field(default=None, compare=False, repr=False)

    def acting_for(self, organisation: Organisation) -> Actor:
        return replace(self, on_behalf_of=organisation)

    def known_as(self, account: Account) -> Actor:
        return replace(self, account=account)


PORTAL = Actor(user_agent="portal")


def inert(text: str, max_length: int) -> str:
    """Text from outside without control, format or surrogate characters or line breaks of any kind, cut to length."""
    return "".join(character for character in text if not _acts(character))[:max_length]


def as_one_line(text: str) -> str:
    """Text from outside as one inert line: breaks become spaces, what acts is left out."""
    words = (inert(word, len(word)) for word in text.split())
    return " ".join(word for word in words if word)


def _acts(character: str) -> bool:
    """Control, format, surrogate and the like, and the separators of lines (U+2028) and paragraphs (U+2029)."""
    category = unicodedata.category(character)
    return category[0] == "C" or category in {"Zl", "Zp"}


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request: the signed-in account, or a stranger."""
    user = request.user
    somebody = somebody_at(request)
    return somebody.known_as(user) if user.is_authenticated else somebody


def somebody_at(request: HttpRequest) -> Actor:
    """From where a request came and with what; not who."""
    return Actor(
        source_address=request.META.get("REMOTE_ADDR") or None,
        user_agent=inert(request.headers.get("User-Agent", ""), USER_AGENT_MAX_LENGTH),
        keepsake=getattr(request, "keepsake", None),
    )
