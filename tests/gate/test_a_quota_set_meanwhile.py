"""A quota that is added, lowered or raised within a window is measured by all that was used in it."""

from __future__ import annotations

import pytest

from gate.projection import Meter
from tests.gate.scripts import DAY, InStore

WINDOWS = ("minute", "hour", "day")


@pytest.fixture
def used(account: InStore) -> InStore:
    """An account that sent four queries of a service without a quota, in windows that do not end meanwhile."""
    account.with_limits()
    for window in WINDOWS:
        account.counted(window, account.now() + DAY, 0)
    assert [account.passes() for _ in range(4)] == [True] * 4
    return account


def told(account: InStore) -> list[tuple[str, str]]:
    return [(each["percent"], each["count"]) for each in account.events("forecast")]


@pytest.mark.parametrize("window", WINDOWS)
def test_a_quota_that_is_added_finds_what_was_used(used: InStore, window: str) -> None:
    used.with_limits((window, 6))
    assert [used.ask()[2:3] for _ in range(2)] == [[1], [0]]
    assert used.ask() == ["crossed", "support"]
    assert used.events("crossing")[0].items() >= {"window": window, "limit": "6", "count": "7"}.items()


@pytest.mark.parametrize("window", WINDOWS)
def test_one_that_was_used_up_before_it_was_added_blocks_at_the_next_query(used: InStore, window: str) -> None:
    used.with_limits((window, 3))
    assert used.ask() == ["crossed", "support"]
    assert used.events("crossing")[0]["count"] == "5"


def test_a_window_that_is_added_beside_another_one_finds_what_was_used(used: InStore) -> None:
    used.with_limits(("day", 100))
    assert used.passes()
    used.with_limits(("day", 100), ("hour", 6))
    assert used.ask()[2::2] == [94, 0]


def test_a_query_that_is_refused_counts_in_no_window(used: InStore) -> None:
    used.with_limits(("hour", 4))
    assert not used.passes()
    assert [used.count(window)[1] for window in WINDOWS] == [4, 4, 4]  # type: ignore[index]


def test_a_quota_that_was_dropped_and_set_again_counted_on(used: InStore) -> None:
    used.with_limits(("day", 10))
    used.with_limits()
    assert used.passes()
    used.with_limits(("day", 10))
    assert used.ask()[2] == 4


def test_a_lowered_quota_is_forecast_by_what_was_used_once_and_by_the_highest(used: InStore) -> None:
    used.with_limits(("day", 100))
    assert used.passes()
    used.with_limits(("day", 6))
    assert used.passes()
    assert told(used) == [("95", "6")]


def test_of_a_lowered_quota_each_threshold_is_told_in_its_turn(used: InStore) -> None:
    used.with_limits(("day", 6))
    assert [used.passes() for _ in range(2)] == [True, True]
    assert told(used) == [("80", "5"), ("95", "6")]


def test_a_raised_quota_is_not_forecast_again_within_the_window(used: InStore) -> None:
    used.with_limits(("day", 5))
    assert used.passes()
    used.with_limits(("day", 6))
    assert used.passes()
    assert told(used) == [("95", "5")]


def test_nothing_is_forecast_past_the_quota(used: InStore) -> None:
    used.with_allowance(9, used.now() + 600, ("day", 2))
    assert used.passes()
    assert told(used) == []


def test_what_was_told_is_kept_when_the_account_is_filled_anew(used: InStore) -> None:
    used.with_limits(("day", 5))
    assert used.passes()
    start = used.count("day")[0]  # type: ignore[index]
    used.with_limits(("day", 8))
    used.put(meters=[Meter("cov", "day", start, 6)])
    assert used.passes()
    assert told(used) == [("95", "5")]
