"""A batch of counts as the script in the store sets it apart for the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from gate.events import as_moment, as_name

# A billion a second for weeks, and as many of those as anybody will add up, fit in PostgreSQL's bigint.
HIGHEST_QUERIES: Final = 2**50
HIGHEST_KEY: Final = 2**63 - 1
# An allowance is a million at most, and what was used of it is kept in an integer.
HIGHEST_ALLOWANCE: Final = 2**20


class Counted(NamedTuple):
    """What queries are counted by: an hour, an account, a service, and the client that sent them."""

    hour: datetime
    user_number: str
    service: str
    client: str


@dataclass(frozen=True, slots=True)
class Batch:
    batch_id: UUID
    usage: Counter[Counted] = field(default_factory=Counter)
    # Queries past a quota, by the probation that allowed them.
    allowances: Counter[int] = field(default_factory=Counter)
    # What stood there and is no count of ours.
    odd: list[str] = field(default_factory=list)


def read_batch(parts: Sequence[str]) -> Batch | None:
    """From field, value, ...; None where nothing waits."""
    fields = dict(zip(parts[::2], parts[1::2], strict=True))
    if not fields:
        return None
    batch = Batch(UUID(fields.pop("batch")))
    _count(fields, batch)
    return batch


def _count(fields: Mapping[str, str], batch: Batch) -> None:
    for name, value in fields.items():
        try:
            if name.startswith("a|"):
                batch.allowances[_within(name[2:], HIGHEST_KEY)] += _within(value, HIGHEST_ALLOWANCE)
            else:
                batch.usage[_counted(name)] += _within(value, HIGHEST_QUERIES)
        except (ValueError, OverflowError):
            batch.odd.append(name)


def _counted(name: str) -> Counted:
    hour, *names = name.split("|", 3)
    user_number, service, client = map(as_name, names)
    return Counted(as_moment(timedelta(seconds=int(hour))), user_number, service, client)


def _within(text: str, most: int) -> int:
    """Raises ValueError for what PostgreSQL could not add up."""
    number = int(text)
    if not 0 <= number <= most:
        raise ValueError(text)
    return number
