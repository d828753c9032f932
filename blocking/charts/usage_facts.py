"""What a picture of usage is drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from blocking.charts.hours import Hour, hours_between
from blocking.charts.scale import short_date
from blocking.windows import AMSTERDAM


@dataclass(frozen=True, slots=True)
class UsageFacts:
    """What was let through between two Amsterdam midnights, as far as `now`, and what was allowed.

    `queries` are by the beginning of their hour. Hours are counted in real time: a day has 23, 24 or 25 of them.
    """

    key: str
    service: str
    since: datetime
    until: datetime
    now: datetime
    queries: Mapping[datetime, int] = field(default_factory=dict)
    per_hour: int | None = None
    per_day: int | None = None
    crossed_at: Sequence[datetime] = ()

    @property
    def hours(self) -> list[Hour]:
        """All of them, with how many queries there were in each."""
        by_hour = {at.astimezone(UTC): count for at, count in self.queries.items()}
        return [Hour(start, by_hour.get(start, 0)) for start in hours_between(self.since, self.until)]

    @property
    def totals(self) -> Iterator[tuple[Hour, int, int]]:
        """Each hour that has begun, with the day's count before and after it; midnight begins anew."""
        total = 0
        for hour in self.hours:
            if hour.start > self.now:
                return
            total = 0 if hour.begins_a_day else total
            yield hour, total, total + hour.queries
            total += hour.queries

    @property
    def crossings(self) -> list[datetime]:
        """Those of this period, in order."""
        return sorted(at for at in self.crossed_at if self.since <= at < self.until)

    @property
    def period(self) -> str:
        last = (self.until.astimezone(UTC) - timedelta(seconds=1)).astimezone(AMSTERDAM)
        return f"{short_date(self.since.astimezone(AMSTERDAM))} tot en met {short_date(last)}"

    @property
    def is_over(self) -> bool:
        return self.now >= self.until

    def place(self, at: datetime) -> float:
        """How far in the period a moment is. Time is told in UTC: by clocks, an hour could last none, or two."""
        since, until = self.since.astimezone(UTC), self.until.astimezone(UTC)
        return min(1.0, max(0.0, (at.astimezone(UTC) - since) / (until - since)))

    def is_crossed_in(self, hour: Hour) -> bool:
        return any(hour.holds(at) for at in self.crossed_at)
