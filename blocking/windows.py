"""When windows of a quota begin and end, pure. Days are Amsterdam calendar days of 23, 24 or 25 hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

from blocking.choices import QuotaWindow

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
# behaviour.md, section 7: the contact persons are told when so much of a quota was used.
FORECAST_PERCENTAGES: Final = (80, 95)


def midnight_of(at: datetime, *, days_later: int = 0) -> datetime:
    """The beginning of the Amsterdam day of this moment, or of a day that many days later."""
    date = at.astimezone(AMSTERDAM).date() + timedelta(days=days_later)
    return datetime.combine(date, time.min, AMSTERDAM)


def window_start(window: QuotaWindow, at: datetime) -> datetime:
    if window == QuotaWindow.DAY:
        return midnight_of(at)
    fresh = at.replace(second=0, microsecond=0)
    return fresh if window == QuotaWindow.MINUTE else fresh.replace(minute=0)


def window_end(window: QuotaWindow, at: datetime) -> datetime:
    if window == QuotaWindow.DAY:
        return midnight_of(at, days_later=1)
    length = timedelta(minutes=1) if window == QuotaWindow.MINUTE else timedelta(hours=1)
    return window_start(window, at) + length


def forecast_at(limit: int, percent: int) -> int:
    """The query that reaches this much of the quota."""
    return ceil(limit * percent / 100)
