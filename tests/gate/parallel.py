"""Queries of one account that are really under way at the same time, dealt out to gates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bench.crowd import Crowd
from tests.gate.processes import DECISION, RunningGate, asking_for


def crowd(gates: Sequence[RunningGate], user_number: str, queries: int) -> Crowd:
    """With their connections open: `with crowd(...) as some: some.ask()`."""
    urls = [f"http://127.0.0.1:{gate.port}{DECISION}" for gate in gates]
    return Crowd(urls, asking_for(user_number), queries)


def ask_all(gates: Sequence[RunningGate], user_number: str, queries: int) -> Counter[int]:
    """How often each status was answered."""
    with crowd(gates, user_number, queries) as all_of_them:
        return all_of_them.statuses()
