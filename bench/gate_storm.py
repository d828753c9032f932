"""Five hundred queries at once over four gates, on a quota of a hundred, twenty times: how many pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bench.crowd import Crowd
from bench.gate_stage import Stage
from bench.people import software_with_a_quota
from bench.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

GATES, QUERIES, QUOTA, ROUNDS = 4, 500, 100, 20
SERVICE: Final = "storm"


def storms(stage: Stage) -> Row:
    urls = [f"{stage.gate()}/v1/decisions/{SERVICE}" for _ in range(GATES)]
    numbers = software_with_a_quota(stage.account, SERVICE, limit=QUOTA, accounts=ROUNDS)
    passed = Counter(_passed(urls, stage.asking_for(number)) for number in numbers)
    told = ", ".join(f"{number} in {rounds}" for number, rounds in sorted(passed.items()))
    what = f"{QUERIES} queries at once over {GATES} gates, quota {QUOTA}: passed, in so many of {ROUNDS} storms"
    return Row("5", what, told, f"exactly {QUOTA}", passed == {QUOTA: ROUNDS})


def _passed(urls: Sequence[str], headers: dict[str, str]) -> int:
    with Crowd(urls, headers, QUERIES) as crowd:
        statuses = crowd.statuses()
    if set(statuses) - {204, 429}:
        raise SystemExit(f"Queries were answered {dict(statuses)}, so this measured something else.")
    return statuses[204]
