"""Slug → Dutch sentence. An audit row stores slug and parameters; the sentence is made on reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import AuditEvent

_SENTENCES: dict[str, str] = {}


def register(sentences: Mapping[str, str]) -> None:
    """Add an app's slugs. Parameters are named in braces: `{reason}`."""
    _SENTENCES.update(sentences)


def known_slugs() -> frozenset[str]:
    return frozenset(_SENTENCES)


def sentence_of(event: AuditEvent) -> str:
    """The sentence of an event; its slug where no sentence is known."""
    template = _SENTENCES.get(event.slug, event.slug)
    return template.format_map(defaultdict(str, event.parameters))


register(
    {
        "account:account:created": "Account aangemaakt.",
        "account:sign_in:succeeded": "Ingelogd.",
        "account:sessions:ended": "Overal uitgelogd.",
        "account:sign_out:succeeded": "Uitgelogd.",
        "account:password:changed": "Wachtwoord gewijzigd.",
        "account:pin:issued": "Nieuwe pincode uitgegeven.",
        "account:mandate:granted": "Contactpersoon geworden ({rank}).",
        "account:page:refused": "Toegang tot een pagina geweigerd ({code}).",
    }
)
