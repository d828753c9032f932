"""Lines of a timeline: what happened, when, and who did it, in words that the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from accounts.audit_sentences import sentence_of

if TYPE_CHECKING:
    from accounts.models import Account, AuditEvent

NOT_SIGNED_IN = "iemand die niet was ingelogd"
ELSEWHERE = "iemand van een andere organisatie"
COLLEAGUE = "een collega"


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    slug: str
    sentence: str
    by: str
    note: str


def lines_of(events: Iterable[AuditEvent], *, reader: Account) -> list[Line]:
    return [_line(event, reader) for event in events]


def _line(event: AuditEvent, reader: Account) -> Line:
    note = str(event.parameters.get("note") or "")
    return Line(at=event.at, slug=event.slug, sentence=sentence_of(event), by=_who(event, reader), note=note)


def _who(event: AuditEvent, reader: Account) -> str:
    """Names only of one's own organisation."""
    part = part_played(event, reader)
    return event.actor.name if event.actor and part == COLLEAGUE else part


def part_played(event: AuditEvent, reader: Account) -> str:
    """Who did it, without a name; the portal itself has no address."""
    actor = event.actor
    if actor is None:
        return NOT_SIGNED_IN if event.source_address else "het portaal"
    if actor.pk == reader.pk:
        return "uzelf"
    if actor.is_staff:
        return "Support"
    return COLLEAGUE if actor.organisation_id == reader.organisation_id else ELSEWHERE
