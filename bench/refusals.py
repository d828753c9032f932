"""What is meant to wear the portal out by its size, refused: what that costs.

The portal as it comes, with its source throttle. `python -m bench.refusals` measures this alone.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bench.alone import measured_alone
from bench.doors import SIGN_IN
from bench.gate_stage import Stage
from bench.own_pages import served_as_it_comes
from bench.rows import Row
from bench.storm import UNREAD, Visitor

NO_OP: Final = "/healthz"
ATTACKER: Final = "203.0.113.9"
TEN_MEGABYTES: Final = 10 * 1024 * 1024
# performance.md, row 7: a refusal beside a no-op page.
TIMES_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class Load:
    """`send`: one of it, and what was answered; `are`: what may be answered."""

    name: str
    send: Callable[[Visitor], int]
    are: frozenset[int]


def refusals(stage: Stage, *, samples: int) -> Iterator[Row]:
    attacker = replace(Visitor.at(served_as_it_comes(stage)), source=ATTACKER)
    page = statistics.median(timed(lambda: attacker.look(NO_OP), samples))
    yield Row("", "a no-op page, median", f"{page * 1000:.1f} ms")
    for load in _too_much():
        yield _beside(load, attacker, page, samples)


def _too_much() -> list[Load]:
    return [
        Load("a password of a megabyte", lambda one: one.send(SIGN_IN, b"password=" + b"x" * 1_000_000), _refused(400)),
        Load("1,000 fields", lambda one: one.send(SIGN_IN, _fields(1_000)), _refused(400)),
        # Announced, and refused unread: nobody waits for the rest of it.
        Load("an upload of 10 MB", lambda one: one.send(SIGN_IN, b"x", announced=TEN_MEGABYTES), _refused(413)),
    ]


def _refused(status: int) -> frozenset[int]:
    return frozenset({status, UNREAD})


def _fields(number: int) -> bytes:
    return b"&".join(b"field%d=1" % each for each in range(number))


def _beside(load: Load, attacker: Visitor, page: float, samples: int) -> Row:
    statuses: Counter[int] = Counter()
    taken = statistics.median(timed(lambda: statuses.update([load.send(attacker)]), samples))
    if set(statuses) - load.are:
        raise SystemExit(f"{load.name} was answered {dict(statuses)}, so this measured something else.")
    times = taken / page
    measured = f"{times:.1f} ({taken * 1000:.1f} ms)"
    return Row("", f"{load.name} : a no-op page", measured, f"at most {TIMES_A_PAGE}", times <= TIMES_A_PAGE)


def timed(act: Callable[[], object], samples: int) -> list[float]:
    taken = []
    for _ in range(samples):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return taken


def main() -> int:
    return measured_alone(lambda stage: refusals(stage, samples=200))


if __name__ == "__main__":
    sys.exit(main())
