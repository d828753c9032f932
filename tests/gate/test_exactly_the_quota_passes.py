"""Of any number of queries at once, over any number of gates, exactly the quota passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle
from typing import Any

import pytest
from redis import Redis

from accounts.models import Account
from blocking.choices import QuotaWindow
from gate.keys import AccountKeys
from tests.gate.processes import RunningGate, asking_for

QUOTA, QUERIES, GATES, ROUNDS = 100, 500, 4, 20


def ask_all(gates: list[RunningGate], user_number: str, queries: int = QUERIES) -> Counter[int]:
    """So many queries at once, dealt out to the gates; how often each status was answered."""

    def ask_some(gate: RunningGate) -> list[int]:
        connection = HTTPConnection("127.0.0.1", gate.port, timeout=20)
        statuses = []
        for _ in range(queries // 20):
            connection.request("GET", "/v1/decisions/cov", headers=asking_for(user_number))
            response = connection.getresponse()
            response.read()
            statuses.append(response.status)
        connection.close()
        return statuses

    with ThreadPoolExecutor(20) as threads:
        dealt = [gate for gate, _ in zip(cycle(gates), range(20), strict=False)]
        return Counter(status for statuses in threads.map(ask_some, dealt) for status in statuses)


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
        assert ask_all(gates, noord_queries.user_number) == {204: passing, 429: QUERIES - passing}
        entries: Any = store.xrange(keys.stream)
        crossings = [entry for _, entry in entries if entry["kind"] == "crossing"]
        assert len(crossings) == 1
        assert store.hget(keys.marks, "cov") == crossings[0]["id"]
