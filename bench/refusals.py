"""What is meant to wear the portal out, refused: what that costs, and how others sign in meanwhile.

The portal as it comes, with its source throttle and the real hash. `python -m bench.refusals` measures this alone.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from bench.alone import measured_alone
from bench.doors import SIGN_IN
from bench.gate_stage import Stage
from bench.own_pages import served
from bench.rows import Row
from bench.storm import UNREAD, Guess, Visitor
from vecozo_portal.environment import Environment

NO_OP: Final = "/healthz"
ATTACKER, OTHERS = "203.0.113.9", "198.51.100.7"
FORM = "application/x-www-form-urlencoded"
TEN_MEGABYTES: Final = 10 * 1024 * 1024
# performance.md, row 7: a refusal beside a no-op page.
TIMES_A_PAGE = 3
AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Load:
    """`send`: one of it, and what was answered; `are`: what may be answered."""

    name: str
    send: Callable[[Visitor], int]
    are: frozenset[int]


def refusals(stage: Stage, *, samples: int, sign_ins: int) -> Iterator[Row]:
    names = ("source_limit", "source_numbers_limit")
    as_it_comes = {f"PORTAL_{name.upper()}": str(Environment.model_fields[name].default) for name in names}
    url = served(stage, workers=2, threads=8, settings=as_it_comes | {"PORTAL_TRUSTED_PROXIES": "127.0.0.1"})
    attacker = replace(Visitor.at(url), source=ATTACKER)
    page = statistics.median(_timed(lambda: attacker.look(NO_OP), samples))
    yield Row("", "a no-op page, median", f"{page * 1000:.1f} ms")
    for load in _too_much():
        yield _beside(load, attacker, page, samples)
    yield from _nobody(url, attacker, page, samples, sign_ins)


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
    taken = statistics.median(_timed(lambda: statuses.update([load.send(attacker)]), samples))
    if set(statuses) - load.are:
        raise SystemExit(f"{load.name} was answered {dict(statuses)}, so this measured something else.")
    times = taken / page
    measured = f"{times:.1f} ({taken * 1000:.1f} ms)"
    return Row("", f"{load.name} : a no-op page", measured, f"at most {TIMES_A_PAGE}", times <= TIMES_A_PAGE)


def _nobody(url: str, attacker: Visitor, page: float, samples: int, sign_ins: int) -> Iterator[Row]:
    """So many sign-ins for numbers of nobody from one source, while other people sign in from another."""
    from bench.race_people import PASSWORD, somebody  # noqa: PLC0415  # wants settings

    person, other = somebody(), replace(Visitor.at(url), source=OTHERS)
    right = Guess(SIGN_IN, person.user_number, PASSWORD)

    turned_away = 0

    def sign_in() -> None:
        """Until it succeeds: who is told that it is busy presses again."""
        nonlocal turned_away
        while not (answer := other.enter(right)).let_in:
            if answer.status != 503:
                raise SystemExit(f"Somebody else's right sign-in was answered {answer.status}.")
            turned_away += 1

    quiet = statistics.median(_timed(sign_in, samples // 4))
    with _storm(attacker, sign_ins) as storm:
        busy = _timed_while(sign_in, storm)
    yield Row("", f"{sign_ins:,} sign-ins for nobody, from one source", storm.told)
    meanwhile = statistics.median(busy)
    measured = (
        f"{meanwhile / quiet:.1f} ({meanwhile * 1000:.0f} : {quiet * 1000:.0f} ms, {turned_away} times 503 first)"
    )
    yield Row("", "others' sign-ins meanwhile : quiet, medians", measured)
    one_more = Load("one of them", lambda one: one.enter(_for_nobody(sign_ins)).status, _refused(429))
    yield _beside(one_more, attacker, page, samples)


def _for_nobody(nth: int) -> Guess:
    return Guess(SIGN_IN, f"9{nth:013d}", "verkeerd verkeerd")


class _Storm:
    def __init__(self) -> None:
        self.over = threading.Event()
        self.statuses: Counter[int] = Counter()
        self.seconds = 0.0

    @property
    def told(self) -> str:
        shown = ", ".join(f"{number:,} times {status}" for status, number in sorted(self.statuses.items()))
        return f"{shown} in {self.seconds:.0f} s"


@contextmanager
def _storm(attacker: Visitor, number: int) -> Iterator[_Storm]:
    storm, lock = _Storm(), threading.Lock()

    def enter(nth: int) -> None:
        status = attacker.enter(_for_nobody(nth)).status
        with lock:
            storm.statuses[status] += 1

    def all_of_them() -> None:
        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(enter, range(number)))
        storm.seconds = time.perf_counter() - began
        storm.over.set()

    thread = threading.Thread(target=all_of_them)
    thread.start()
    try:
        yield storm
    finally:
        thread.join()


def _timed(act: Callable[[], object], samples: int) -> list[float]:
    taken = []
    for _ in range(samples):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return taken


def _timed_while(act: Callable[[], object], storm: _Storm) -> Sequence[float]:
    taken: list[float] = []
    while not storm.over.is_set():
        taken += _timed(act, 1)
    return taken


def main() -> int:
    return measured_alone(lambda stage: refusals(stage, samples=200, sign_ins=10_000))


if __name__ == "__main__":
    sys.exit(main())
