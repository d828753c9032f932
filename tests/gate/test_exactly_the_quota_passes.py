"""Of any number of queries at once, over any number of gates, exactly the quota passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from redis import Redis

from accounts.models import Account
from bench.crowd import Heard
from blocking.choices import QuotaWindow
from gate.keys import AccountKeys
from tests.gate.parallel import ask_all, crowd
from tests.gate.processes import RunningGate
from vecozo_portal.processes.waiting import wait_until

QUOTA, QUERIES, GATES, ROUNDS = 100, 500, 4, 20


def forget(store: Redis) -> None:
    store.flushdb()


@pytest.mark.race
@pytest.mark.timeout(300)
@pytest.mark.parametrize("second_window", [None, QuotaWindow.HOUR], ids=["one window", "two windows"])
def test_exactly_a_hundred_of_five_hundred_pass(
    start_gate: Callable[..., RunningGate],
    noord_queries: Account,
    limit: Callable[..., None],
    store: Redis,
    second_window: QuotaWindow | None,
) -> None:
    limit(QUOTA)
    if second_window:
        limit(QUOTA - 1, second_window)
    passing = QUOTA - 1 if second_window else QUOTA
    gates = [start_gate() for _ in range(GATES)]
    keys = AccountKeys.of(noord_queries.user_number)
    for _ in range(ROUNDS):
        forget(store)
        assert ask_all(gates, noord_queries.user_number, QUERIES) == {204: passing, 429: QUERIES - passing}
        (crossing,) = crossings(store, keys)
        assert store.hget(keys.marks, "cov") == crossing["id"]


def crossings(store: Redis, keys: AccountKeys) -> list[dict[str, str]]:
    entries: Any = store.xrange(keys.stream)
    return [entry for _, entry in entries if entry["kind"] == "crossing"]


MINUTE, BEFORE = 60, 60


@pytest.mark.race
@pytest.mark.timeout(300)
def test_across_the_edge_of_a_window_each_side_has_its_own_quota_and_no_more(
    start_gate: Callable[..., RunningGate], noord_queries: Account, limit: Callable[..., None], store: Redis
) -> None:
    """Some queries shortly before a minute ends by the store's clock, and five hundred at once as it ends."""
    limit(QUOTA, QuotaWindow.MINUTE)
    gates = [start_gate() for _ in range(GATES)]
    keys = AccountKeys.of(noord_queries.user_number)
    # A gate closes connections over which nobody asks for half a minute.
    assert wait_until(lambda: second_of_the_minute(store) >= MINUTE - 12, 2 * MINUTE)
    with (
        crowd(gates, noord_queries.user_number, BEFORE) as few,
        crowd(gates, noord_queries.user_number, QUERIES) as all_,
    ):
        assert wait_until(lambda: second_of_the_minute(store) >= MINUTE - 1, 2 * MINUTE)
        answers = few.ask()
        assert wait_until(lambda: not MINUTE / 2 < second_of_the_minute(store) < MINUTE - 0.02, 2, every=0)
        answers += all_.ask()
    passed = sides(answers)
    (crossing,) = crossings(store, keys)
    crossed_before = int(crossing["at"]) // 1_000_000 % MINUTE > MINUTE / 2
    assert passed["before"] == QUOTA if crossed_before else passed["before"] <= QUOTA
    assert passed["after"] == 0 if crossed_before else passed["after"] == QUOTA
    assert passed["before"] >= BEFORE or not crossed_before
    assert sum(answer.status == 429 for answer in answers) == BEFORE + QUERIES - passed.total()


def second_of_the_minute(store: Redis) -> float:
    clock: Any = store.time()
    return float(clock[0] % MINUTE + clock[1] / 1_000_000)


def sides(answers: Sequence[Heard]) -> Counter[str]:
    """What passed, by the side of the edge: an answer tells how long its window still lasts."""
    left = [answer.headers["ratelimit"].partition(";t=")[2] for answer in answers if answer.status == 204]
    return Counter("after" if int(seconds) > MINUTE / 2 else "before" for seconds in left)
