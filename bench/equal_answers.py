"""Whether a stranger who is told only the times can say which user numbers exist, are blocked, or block just now.

By passwords and by PINs: every kind of refused entry in turn, in an order that changes, so that what the machine does
falls on all alike. `python -m bench.equal_answers` measures this row alone.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import product
from typing import Final

from bench.alone import measured_alone
from bench.doors import ACTIVATING, FORGOTTEN_PASSWORD, FORMS, INSTALLING, SIGN_IN
from bench.gate_stage import Stage
from bench.kinds import ORDINARY, Kind
from bench.rows import Row
from bench.storm import Guess, Visitor
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.ports import free_port
from vecozo_portal.run.portal import fresh_metrics_dir, portal_command

# performance.md, row 8.
MEDIANS_WITHIN = 0.05
LEAST_AUC, MOST_AUC = 0.4, 0.6
WRONG = "verkeerd verkeerd"
# Every door that a stranger can come to.
MEASURED: Final = {
    SIGN_IN: "refused sign-ins",
    FORGOTTEN_PASSWORD: "refused PINs for a new password",
    INSTALLING: "refused PINs for a certificate",
    ACTIVATING: "refused PINs for activating",
}
OTHERS_AT_ONCE = 3


def equal_answers(stage: Stage, *, samples: int) -> Iterator[Row]:
    from bench.refused import kinds_of_refused  # noqa: PLC0415  # wants settings

    url = _portal(stage)
    surroundings = (("quiet", _nothing), ("under load", _others))
    for (door, what), (calm, around) in product(MEASURED.items(), surroundings):
        kinds = kinds_of_refused(samples, FORMS[door].secret)
        with around(url):
            taken = _sampled(url, door, kinds, samples)
        yield from _rows(f"{what}, {calm}", taken)


def _portal(stage: Stage) -> str:
    static = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(static, cwd=BASE_DIR, check=True)
    port = free_port()
    metrics = {"PROMETHEUS_MULTIPROC_DIR": str(fresh_metrics_dir(stage.folder / "metrics"))}
    return stage.serve(portal_command(port=port, workers=1, threads=8), port, name="portal", more=metrics)


def _sampled(url: str, door: str, kinds: Sequence[Kind], samples: int) -> dict[str, list[float]]:
    visitor, order = Visitor.at(url), random.Random(8)  # noqa: S311  # an order that changes, no secret
    for kind in kinds:  # the first of each fills caches
        _seconds(visitor, door, kind.number(0))
    taken: dict[str, list[float]] = {kind.name: [] for kind in kinds}
    for nth in range(1, samples + 1):
        for kind in order.sample(kinds, len(kinds)):
            taken[kind.name].append(_seconds(visitor, door, kind.number(nth)))
    return taken


def _seconds(visitor: Visitor, door: str, user_number: str) -> float:
    began = time.perf_counter()
    answer = visitor.enter(Guess(door, user_number, WRONG))
    if answer.status != 200:
        raise SystemExit(f"An entry at {door} was answered {answer.status}, so this measured something else.")
    return time.perf_counter() - began


def _rows(measured: str, taken: dict[str, list[float]]) -> Iterator[Row]:
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    shown = ", ".join(f"{name} {median * 1000:.1f}" for name, median in medians.items())
    yield Row("", f"{measured}, medians in ms", shown)
    apart = max(abs(median / medians[ORDINARY] - 1) for median in medians.values())
    yield Row(
        "8",
        f"{measured}, medians apart",
        f"{apart:.1%}",
        f"at most {MEDIANS_WITHIN:.0%}",
        apart <= MEDIANS_WITHIN,
    )
    for name in (name for name in taken if name != ORDINARY):
        told = told_apart(taken[name], taken[ORDINARY])
        fits = LEAST_AUC <= told <= MOST_AUC
        yield Row("8", f"{measured}, {name} or {ORDINARY} by time alone", f"{told:.2f}", "0.40 to 0.60", fits)


def told_apart(some: Sequence[float], others: Sequence[float]) -> float:
    """How often one of `some` takes longer than one of `others`: the area under the curve, 0.5 for nobody can tell."""
    longer = sum((one > other) + (one == other) / 2 for one in some for other in others)
    return longer / (len(some) * len(others))


@contextmanager
def _nothing(url: str) -> Iterator[None]:
    yield


@contextmanager
def _others(url: str) -> Iterator[None]:
    """Other strangers sign in all the while."""
    over = threading.Event()

    def sign_in_and_again() -> None:
        visitor = Visitor.at(url)
        while not over.is_set():
            visitor.enter(Guess(SIGN_IN, "88888888888888", WRONG))

    with ExitStack() as stack:
        stack.callback(over.set)
        for _ in range(OTHERS_AT_ONCE):
            thread = threading.Thread(target=sign_in_and_again)
            thread.start()
            stack.callback(thread.join)
            stack.callback(over.set)
        yield


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.equal_answers", description="Refused sign-ins and PINs by time alone."
    )
    parser.add_argument("--samples", type=int, default=200, help="entries of each kind (200)")
    chosen = parser.parse_args()
    return measured_alone(lambda stage: equal_answers(stage, samples=chosen.samples))


if __name__ == "__main__":
    sys.exit(main())
