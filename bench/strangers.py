"""Thousands of sign-ins for numbers of nobody: what refusing them takes, and how somebody else signs in meanwhile.

From one source, where the throttle answers, and each from a source of its own, where nothing but hashing places stands
in the way. The portal as it comes, with the real hash. `python -m bench.strangers` measures this alone.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address
from typing import Final

from bench.alone import measured_alone
from bench.doors import SIGN_IN
from bench.gate_stage import Stage
from bench.own_pages import memory_of, served_as_it_comes
from bench.refusals import ATTACKER, timed
from bench.rows import Row
from bench.storm import Guess, Visitor

ELSEWHERE: Final = "198.51.100.7"
SOURCES: Final = IPv4Address("10.0.0.0")
AT_ONCE: Final = 16
QUIET: Final = 50
REFUSALS: Final = frozenset({200, 429, 503})


@dataclass
class Storm:
    """What one of them heard, and how long each took; what the portal's processes held meanwhile."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    bytes_held: list[int] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lasted: float = 0.0

    @property
    def told(self) -> str:
        shown = ", ".join(f"{number:,} times {status}" for status, number in sorted(self.statuses.items()))
        return f"{shown} in {self.lasted:.0f} s, one in {statistics.median(self.seconds) * 1000:.0f} ms"


class Neighbour:
    """Somebody who signs in from elsewhere, and presses again when told that it is busy."""

    def __init__(self, url: str) -> None:
        from bench.race_people import PASSWORD, somebody  # noqa: PLC0415  # wants settings

        self._browser = replace(Visitor.at(url), source=ELSEWHERE)
        self._right = Guess(SIGN_IN, somebody().user_number, PASSWORD)
        self.turned_away = 0

    def sign_in(self) -> None:
        while not (answer := self._browser.enter(self._right)).let_in:
            if answer.status != 503:
                raise SystemExit(f"Somebody else's right sign-in was answered {answer.status}.")
            self.turned_away += 1


def strangers(stage: Stage, *, from_one: int, from_many: int) -> Iterator[Row]:
    url = served_as_it_comes(stage)
    neighbour, visitor = Neighbour(url), Visitor.at(url)
    quiet = statistics.median(timed(neighbour.sign_in, QUIET))
    sources: dict[str, tuple[int, Callable[[int], str]]] = {
        "from one source": (from_one, lambda _: ATTACKER),
        "each from another": (from_many, lambda nth: str(SOURCES + nth)),
    }
    for where, (number, source) in sources.items():
        yield from _storm_beside(neighbour, visitor, quiet, f"{number:,} sign-ins for nobody, {where}", number, source)


def _storm_beside(
    neighbour: Neighbour, visitor: Visitor, quiet: float, what: str, number: int, source: Callable[[int], str]
) -> Iterator[Row]:
    idle, neighbour.turned_away, taken = memory_of(visitor.base_url), 0, []
    with _storm(visitor, number, source) as storm:
        while not storm.over.is_set():
            taken += timed(neighbour.sign_in, 1)
    if set(storm.statuses) - REFUSALS:
        raise SystemExit(f"Nobody was answered {dict(storm.statuses)}, so this measured something else.")
    yield Row("", what, storm.told)
    yield Row("", f"{what}: memory over before", f"{(max(storm.bytes_held) - idle) / 1024**2:.0f} MiB")
    busy = statistics.median(taken)
    shown = f"{busy / quiet:.1f} ({busy * 1000:.0f} : {quiet * 1000:.0f} ms"
    again = f"{len(taken)} times, {neighbour.turned_away} times 503 first)"
    yield Row("", f"{what}: another's sign-in meanwhile : quiet, medians", f"{shown}, {again}")


@contextmanager
def _storm(visitor: Visitor, number: int, source: Callable[[int], str]) -> Iterator[Storm]:
    storm = Storm()

    def enter(nth: int) -> None:
        began = time.perf_counter()
        status = replace(visitor, source=source(nth)).enter(Guess(SIGN_IN, f"9{nth:013d}", "verkeerd verkeerd")).status
        storm.seconds.append(time.perf_counter() - began)
        storm.statuses[status] += 1

    def all_of_them() -> None:
        began = time.perf_counter()
        try:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(enter, range(number)))
        finally:
            storm.lasted = time.perf_counter() - began
            storm.over.set()

    def weigh() -> None:
        storm.bytes_held.append(memory_of(visitor.base_url))
        while not storm.over.wait(1):
            storm.bytes_held.append(memory_of(visitor.base_url))

    threads = [threading.Thread(target=each) for each in (all_of_them, weigh)]
    for thread in threads:
        thread.start()
    try:
        yield storm
    finally:
        for thread in threads:
            thread.join()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.strangers", description="Sign-ins for nobody, refused.")
    parser.add_argument("--from-one", type=int, default=10_000, help="sign-ins from one source (10,000)")
    parser.add_argument("--from-many", type=int, default=10_000, help="sign-ins, each from another source (10,000)")
    chosen = parser.parse_args()
    return measured_alone(lambda stage: strangers(stage, from_one=chosen.from_one, from_many=chosen.from_many))


if __name__ == "__main__":
    sys.exit(main())
