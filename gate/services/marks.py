"""Marks that nobody can take away, because their crossing is known nowhere: it is brought back.

As when PostgreSQL was put back from a copy that is older than the crossing, or when the store lost its streams.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from blocking.choices import QuotaWindow
from blocking.models import Crossing
from gate.keys import AccountKeys
from gate.policy import Projection, ServiceAccess
from gate.queries.projection import projections_of
from gate.queries.versions import KnownVersion
from gate.rounds import Command, Round

# Of a service that has no quota any more: the mark says that there was one.
NO_LIMIT: Final = (QuotaWindow.DAY.value, 0)


@dataclass(frozen=True, slots=True)
class Mark:
    account_id: int
    service: str
    text: str

    @property
    def crossing_id(self) -> UUID | None:
        try:
            return UUID(self.text)
        except ValueError:
            return None


def bring_back_crossings(accounts: Sequence[KnownVersion], asked: Round) -> int:
    """Append the crossings that are neither recorded nor on their way; how many. Their blocks follow as always."""
    lost = _unrecorded(list(_marks(accounts, asked)))
    projections = {each.account_id: each for each in projections_of({mark.account_id for mark in lost})}
    commands = [
        _command(mark, projections[mark.account_id])
        for mark in lost
        if mark.account_id in projections and mark.service in projections[mark.account_id].services
    ]
    return sum(answer for answer in asked.ask(commands) if not isinstance(answer, Exception))


def _marks(accounts: Sequence[KnownVersion], asked: Round) -> Iterator[Mark]:
    keys = [AccountKeys.of(each.user_number).marks for each in accounts]
    answers = asked.ask([Command(key, ("HGETALL", key)) for key in keys])
    for each, answer in zip(accounts, answers, strict=True):
        for service, text in _pairs(answer).items():
            yield Mark(each.account_id, service, text)


def _pairs(answer: object) -> Mapping[str, str]:
    return answer if isinstance(answer, dict) else {}


def _unrecorded(marks: Sequence[Mark]) -> list[Mark]:
    named = {mark.crossing_id for mark in marks if mark.crossing_id}
    recorded = set(Crossing.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    return [mark for mark in marks if mark.crossing_id not in recorded]


def _command(mark: Mark, projection: Projection) -> Command:
    """With what a crossing of the first of its quotas says; who asked too much is not known any more."""
    window, limit = _limit(projection.services[mark.service])
    event = {
        "kind": "crossing",
        "id": mark.text if mark.crossing_id else uuid4().hex,
        "number": projection.user_number,
        "service": mark.service,
        "window": window,
        "limit": limit,
        "count": limit + 1,
        "client": "",
    }
    keys = AccountKeys.of(projection.user_number)
    fields = [str(part) for pair in event.items() for part in pair]
    return Command.running("recross", [keys.marks, keys.stream], mark.service, mark.text, str(event["id"]), *fields)


def _limit(access: ServiceAccess) -> tuple[str, int]:
    return access.limits[0] if access.limits else NO_LIMIT
