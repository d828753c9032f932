"""Row 9: what two hundred sign-ins at once take of memory, and of other people's time."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.alone import measured_alone
from bench.doors import SIGN_IN
from bench.gate_stage import Stage
from bench.own_pages import memory_of, served
from bench.rows import Row, slowest
from bench.storm import Guess, Visitor, storm

AT_ONCE = 200
# performance.md, row 9.
BYTES_OVER_IDLE, TIMES_IDLE = 1024**3, 5
PAGE = "/wachtwoord-vergeten/"
LOOKED_AT = 200
STORMS = 3


def sign_in_memory(stage: Stage) -> Iterator[Row]:
    url = served(stage, workers=2, threads=8, settings={})
    entries = [Guess(SIGN_IN, f"9{number:013d}", "verkeerd verkeerd") for number in range(AT_ONCE)]
    storm(url, entries[:16])  # every thread has worked once, as in a portal that is in use
    visitor, idle = Visitor.at(url), memory_of(url)
    quiet = [_seconds(visitor) for _ in range(LOOKED_AT)]
    with _watched(url, visitor) as seen:
        busy = sum(answer.status == 503 for _ in range(STORMS) for answer in storm(url, entries, insist=False))
    over = max(seen.bytes_held) - idle
    what = f"memory over idle, {AT_ONCE} sign-ins at once, {STORMS} times"
    measured = f"{over / 1024**2:.0f} MiB ({busy} of {AT_ONCE * STORMS} answered 503)"
    yield Row("9", what, measured, f"at most {BYTES_OVER_IDLE / 1024**2:.0f} MiB", over <= BYTES_OVER_IDLE)
    meanwhile, before = slowest(seen.seconds), slowest(quiet)
    times = meanwhile / before
    measured = f"{times:.1f} ({meanwhile * 1000:.0f} : {before * 1000:.0f} ms, {len(seen.seconds)} times)"
    yield Row(
        "9", "another page meanwhile : idle, slowest hundredth", measured, f"at most {TIMES_IDLE}", times <= TIMES_IDLE
    )


class _Seen:
    def __init__(self) -> None:
        self.over = threading.Event()
        self.bytes_held: list[int] = []
        self.seconds: list[float] = []


@contextmanager
def _watched(url: str, visitor: Visitor) -> Iterator[_Seen]:
    seen = _Seen()

    def weigh() -> None:
        while not seen.over.is_set():
            seen.bytes_held.append(memory_of(url))

    def look() -> None:
        while not seen.over.is_set():
            seen.seconds.append(_seconds(visitor))

    threads = [threading.Thread(target=each) for each in (weigh, look)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        seen.over.set()
        for thread in threads:
            thread.join()


def _seconds(visitor: Visitor) -> float:
    began = time.perf_counter()
    visitor.look(PAGE)
    return time.perf_counter() - began


def main() -> int:
    return measured_alone(sign_in_memory)


if __name__ == "__main__":
    sys.exit(main())
