"""Windows of a quota: when they begin by the store's clock, and what is left of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from blocking.windows import AMSTERDAM
from gate.api.midnights import midnights_around
from tests.gate.scripts import DAY, HOUR, InStore


def test_an_answer_tells_what_is_left_and_until_when(account: InStore) -> None:
    account.with_limits(("day", 3))
    begin = account.now() - HOUR
    said, limits, left, seconds = account.ask(midnights=[begin, begin + DAY])
    assert (said, limits, left) == ("ok", "day=3", 2)
    assert seconds == begin + DAY - account.now() or seconds == begin + DAY - account.now() + 1


def test_without_a_quota_everything_passes_and_is_journalled(account: InStore) -> None:
    account.with_limits()
    assert account.ask() == account.ask() == ["ok", ""]
    assert list(account.journal().values()) == [2]


def test_a_day_begins_at_the_midnight_that_passed_last(account: InStore) -> None:
    account.with_limits(("day", 1))
    now = account.now()
    yesterday, today, tomorrow = now - HOUR - DAY, now - HOUR, now + DAY - HOUR
    account.counted("day", yesterday, 1)
    assert account.passes(midnights=[yesterday, today, tomorrow])
    assert account.count("day") == (today, 1)


@pytest.mark.parametrize(
    ("date", "hours"),
    [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 6, 1), 24)],
    ids=["spring", "autumn", "other"],
)
def test_an_amsterdam_day_has_the_hours_it_has(account: InStore, date: tuple[int, int, int], hours: int) -> None:
    """The store's clock stands in the first second of a day as long as that one."""
    _, day, next_day, _ = midnights_around(datetime(*date, 12, tzinfo=AMSTERDAM))
    assert next_day - day == hours * HOUR
    account.with_limits(("day", 2))
    begin = account.now()
    assert account.ask(midnights=[begin, begin + (next_day - day)])[3] in {hours * HOUR, hours * HOUR - 1}


def test_midnights_of_another_time_are_asked_for_again_and_nothing_counts(account: InStore) -> None:
    account.with_limits(("hour", 5), ("day", 5))
    now = account.now()
    for midnights in ([now - 2 * DAY, now - DAY], [now + DAY, now + 2 * DAY], []):
        said, clock = account.ask(midnights=midnights)
        assert said == "midnights"
        assert int(clock) - now in {0, 1}
    assert account.count("hour") is None
    assert account.journal() == {}


def test_minutes_and_hours_begin_by_the_stores_clock(account: InStore) -> None:
    account.with_limits(("minute", 9), ("hour", 9))
    account.ask()
    now = account.now()
    minute, hour = account.count("minute"), account.count("hour")
    assert minute
    assert hour
    assert minute[0] in {now - now % 60, now - 1 - (now - 1) % 60}
    assert hour[0] in {now - now % HOUR, now - 1 - (now - 1) % HOUR}


def test_of_two_windows_the_fuller_one_refuses_and_the_other_does_not_count_it(account: InStore) -> None:
    account.with_limits(("hour", 1), ("day", 5))
    assert account.passes()
    day = account.count("day")
    assert account.ask() == ["crossed", "support"]
    assert account.events("crossing")[0].items() >= {"window": "hour", "limit": "1", "count": "2"}.items()
    assert account.count("day") == day


def test_a_window_that_is_over_begins_anew(account: InStore) -> None:
    account.with_limits(("hour", 1))
    account.counted("hour", account.now() - 2 * HOUR, 1)
    assert account.passes()
    assert account.count("hour")[1] == 1  # type: ignore[index]


def test_a_clock_that_was_set_back_opens_no_new_window(account: InStore) -> None:
    account.with_limits(("hour", 1))
    later = account.now() + 2 * HOUR
    account.counted("hour", later, 1)
    assert account.ask() == ["crossed", "support"]
    assert account.count("hour") == (later, 1)


def test_thresholds_are_told_once_with_the_client_that_reached_them(account: InStore) -> None:
    account.with_limits(("day", 10))
    midnights = account.midnights()
    while account.passes(midnights=midnights):
        pass
    assert told(account) == [("80", "8", "192.0.2.9"), ("95", "10", "192.0.2.9")]


def told(account: InStore) -> list[tuple[str, str, str]]:
    return [(each["percent"], each["count"], each["client"]) for each in account.events("forecast")]
