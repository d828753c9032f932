"""The page of one case: four steps, what may be done now, and whatever helps to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from accounts.actors import Actor
from accounts.audit_sentences import sentence_of
from accounts.models import AuditEvent
from accounts.queries import history_of
from blocking.admin.case_acts import ACTS, Act
from blocking.admin.words import cause_of
from blocking.models import SupportCase
from blocking.queries.case_desk import Possible, blocks_with_cases, mandates_of, other_cases_of, possible

EVENTS_SHOWN: Final = 15
CASES_SHOWN: Final = 5
# The charts of a quota case, where this version has them.
USAGE: Final = ("admin/blocking/case/usage.html", "admin/blocking/case/no_usage.html")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the account's history as Support reads it: with names, and with what only Support reads."""

    at: datetime
    slug: str
    sentence: str
    by: str
    note: str


def case_context(case: SupportCase, *, by: Actor, at: datetime) -> dict[str, Any]:
    can = possible(case, by=by, at=at)
    return {
        "case": case,
        "can": can,
        "is_mine": case.assignee_id is not None and by.account is not None and case.assignee_id == by.account.pk,
        "decisions": [act for act in _decisions(can) if case.is_open],
        "cause": cause_of(case.block) if case.block else "",
        "blocks": blocks_with_cases(case),
        "mandates": mandates_of(case, at),
        "other_cases": other_cases_of(case, most=CASES_SHOWN),
        "history": _lines(history_of(case.account)[:EVENTS_SHOWN]) if case.account else [],
        "usage_templates": USAGE,
    }


def _decisions(can: Possible) -> list[Act]:
    """What may be pressed now, in the order in which it is likely."""
    wanted = ("toekennen", "afwijzen", "overdragen", "intrekken")
    return [ACTS[slug] for slug in wanted if not ACTS[slug].why_not(can)]


def _lines(events: Iterable[AuditEvent]) -> list[Line]:
    return [
        Line(event.at, event.slug, sentence_of(event), event.actor.name if event.actor else "", _note(event))
        for event in events
    ]


def _note(event: AuditEvent) -> str:
    return str(event.parameters.get("note") or event.parameters.get("remark") or "")
