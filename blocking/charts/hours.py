"""Hours as they really pass, with what an Amsterdam clock says of them, on the days that clocks change too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from blocking.charts.scale import day
from blocking.windows import AMSTERDAM

HOUR: Final = timedelta(hours=1)
_SUMMER: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Hour:
    """`start` is in UTC."""

    start: datetime
    queries: int = 0

    @property
    def end(self) -> datetime:
        return self.start + HOUR

    @property
    def local(self) -> datetime:
        return self.start.astimezone(AMSTERDAM)

    @property
    def begins_a_day(self) -> bool:
        return self.local.hour == 0

    @property
    def day(self) -> str:
        return day(self.local)

    @property
    def words(self) -> str:
        """«di 24 nov, 14.00–15.00 uur»; of the hour that comes twice also which of them it is."""
        return f"{self.day}, {clock(self.start)}–{clock(self.end)} uur{self._which()}"

    def holds(self, at: datetime) -> bool:
        return self.start <= at < self.end

    def _which(self) -> str:
        twice = any((self.start + shift).astimezone(AMSTERDAM).hour == self.local.hour for shift in (HOUR, -HOUR))
        if not twice:
            return ""
        return " (zomertijd)" if self.local.utcoffset() == _SUMMER else " (wintertijd)"


def hours_between(since: datetime, until: datetime) -> Iterator[datetime]:
    at, end = since.astimezone(UTC), until.astimezone(UTC)
    while at < end:
        yield at
        at += HOUR


def clock(at: datetime) -> str:
    return f"{at.astimezone(AMSTERDAM):%H.%M}"
