"""Row 7: a failed sign-in less its hash beside plain Django's, and a blocked account's beside a no-op page.

With the cheapest hash there is on both sides, so that what is left is everything but the hash.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count

from bench.alone import measured_alone
from bench.doors import FORMS, SIGN_IN
from bench.gate_stage import Stage
from bench.kinds import ORDINARY
from bench.own_pages import served
from bench.own_portal import CHEAP
from bench.rows import Row
from bench.storm import Guess, Visitor

WRONG = "verkeerd verkeerd"
TIMES_DJANGO, TIMES_A_PAGE = 1.2, 3
NO_OP = "/healthz"


def failed_sign_in(stage: Stage, *, samples: int) -> Iterator[Row]:
    from django.test import override_settings  # noqa: PLC0415

    from bench.refused import kinds_of_refused  # noqa: PLC0415  # wants settings

    # No floor under refusals: that is waiting, and costs nobody anything.
    url = served(stage, workers=1, threads=8, settings=CHEAP | {"PORTAL_REFUSAL_FLOOR_MS": "0"})
    peer = stage.granian("bench.peers.plain_sign_in:application", interface="wsgi", name="plain-sign-in", more=CHEAP)
    with override_settings(**{name: int(value) for name, value in CHEAP.items()}):
        number_of = {kind.name: kind.number for kind in kinds_of_refused(samples, FORMS[SIGN_IN].secret)}
    own, plain, nth = Visitor.at(url), Visitor.at(peer), count()
    taken = _in_turn(
        {
            "portal": lambda: _enter(own, number_of[ORDINARY](next(nth))),
            "Django": lambda: _enter(plain, number_of["unknown"](1)),
            "blocked": lambda: _enter(own, number_of["blocked"](1)),
            "page": lambda: own.look(NO_OP),
        },
        samples,
    )
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    yield _times(
        "failed sign-in : plain Django's, both with the cheapest hash", medians, "portal", "Django", TIMES_DJANGO
    )
    yield _times("refusing a blocked account : a no-op page", medians, "blocked", "page", TIMES_A_PAGE)


def _enter(visitor: Visitor, user_number: str) -> None:
    answer = visitor.enter(Guess(SIGN_IN, user_number, WRONG))
    if answer.status != 200:
        raise SystemExit(f"A sign-in was answered {answer.status}, so this measured something else.")


def _in_turn(acts: dict[str, Callable[[], object]], samples: int) -> dict[str, list[float]]:
    """In an order that changes, so that what the machine does falls on all alike; the first of each fills caches."""
    order, taken = random.Random(7), {name: [0.0] for name in acts}  # noqa: S311  # an order, no secret
    for _ in range(samples):
        for name in order.sample(list(acts), len(acts)):
            began = time.perf_counter()
            acts[name]()
            taken[name].append(time.perf_counter() - began)
    return {name: seconds[2:] for name, seconds in taken.items()}


def _times(what: str, medians: dict[str, float], some: str, other: str, at_most: float) -> Row:
    times = medians[some] / medians[other]
    measured = f"{times:.2f} ({medians[some] * 1000:.1f} : {medians[other] * 1000:.1f} ms)"
    return Row("7", what, measured, f"at most {at_most:g}", times <= at_most)


def main() -> int:
    return measured_alone(lambda stage: failed_sign_in(stage, samples=200))


if __name__ == "__main__":
    sys.exit(main())
