"""What the script in the store appends to a bucket's stream, as the worker reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from accounts.actors import inert
from blocking.choices import QuotaWindow

# The longest of the names is a fingerprint.
NAME_MAX_LENGTH: Final = 64
# What PostgreSQL's type integer holds; quotas and counts of them are kept in it.
HIGHEST_COUNT: Final = 2**31 - 1
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MOMENT: Final = datetime(2200, 1, 1, tzinfo=UTC)

Fields = Mapping[str, str]


class Malformed(Exception):
    """No event of ours: something is missing, or is no number, no moment, no window."""


@dataclass(frozen=True, slots=True)
class QuerySeen:
    """A query by which something happened: the `count`th of `limit`, at a moment of the store's clock."""

    user_number: str
    service: str
    window: QuotaWindow
    limit: int
    count: int
    client: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CrossingSeen:
    """It went past the quota; from now on the mark with this id refuses the account."""

    crossing_id: UUID
    query: QuerySeen


@dataclass(frozen=True, slots=True)
class ForecastSeen:
    """It reached this much of the quota."""

    percent: int
    window_started_at: datetime
    query: QuerySeen


def read_event(fields: Fields) -> CrossingSeen | ForecastSeen:
    """Raises Malformed."""
    try:
        return _READERS[fields["kind"]](fields)
    except (KeyError, ValueError, OverflowError) as mistake:
        raise Malformed(repr(mistake)) from None


def _crossing(fields: Fields) -> CrossingSeen:
    return CrossingSeen(UUID(fields["id"]), _query(fields))


def _forecast(fields: Fields) -> ForecastSeen:
    started_at = as_moment(timedelta(seconds=int(fields["start"])))
    return ForecastSeen(_count(fields["percent"]), started_at, _query(fields))


_READERS: Final[Mapping[str, Callable[[Fields], CrossingSeen | ForecastSeen]]] = {
    "crossing": _crossing,
    "forecast": _forecast,
}


def _query(fields: Fields) -> QuerySeen:
    return QuerySeen(
        user_number=as_name(fields["number"]),
        service=as_name(fields["service"]),
        window=QuotaWindow(fields["window"]),
        limit=_count(fields["limit"]),
        count=_count(fields["count"]),
        client=as_name(fields["client"]),
        at=as_moment(timedelta(microseconds=int(fields["at"]))),
    )


def as_moment(since_1970: timedelta) -> datetime:
    """Raises ValueError or OverflowError for one that no clock of ours tells: further on nobody can reckon with it."""
    moment = EPOCH + since_1970
    if not EPOCH <= moment <= LAST_MOMENT:
        raise ValueError(since_1970)
    return moment


def as_name(text: str) -> str:
    """What the store calls an account, a service or a client, as PostgreSQL can hold it."""
    return inert(text, NAME_MAX_LENGTH)


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= HIGHEST_COUNT:
        raise ValueError(text)
    return number
