"""The gate's worker: what keeps PostgreSQL and the store in step, until it is asked to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Final

from django.utils import timezone

from blocking.services.quota import forget_batches
from gate.services.events import work_up_events
from gate.services.journal import write_journal
from gate.services.loops import Loop
from gate.services.reconciling import Reconciliation
from gate.services.sweeping import sweep
from gate.store import gate_store

logger = logging.getLogger(__name__)

# behaviour.md, section 7, and house.md: what was not pushed is swept every half second, the journal is written every
# five; a crossing is a message within a second, and the store is compared with PostgreSQL now and then.
SWEEP_EVERY_SECONDS: Final = 0.5
EVENTS_EVERY_SECONDS: Final = 0.1
JOURNAL_EVERY_SECONDS: Final = 5.0
RECONCILE_EVERY_SECONDS: Final = 60.0
BETWEEN_SLICES_SECONDS: Final = 0.1
# A batch can only come again while a process holds it that read it before it was written; none sits that long.
BATCHES_KNOWN_FOR: Final = timedelta(days=1)

LOOK_EVERY_SECONDS: Final = 1.0
STOP_WITHIN_SECONDS: Final = 2.0


def work(*, asked_to_stop: Callable[[float], bool], sign_of_life: Path) -> None:
    """Until asked to stop; then what is in hand is finished, if that is soon. Touches `sign_of_life` while all is well.

    `asked_to_stop` waits for so many seconds at most. Several workers beside each other do no harm, and neither does
    one that is killed.
    """
    stop, loops = Event(), all_loops()
    for loop in loops:
        loop.start(stop)
    while not asked_to_stop(LOOK_EVERY_SECONDS):
        if all(loop.is_well for loop in loops):
            sign_of_life.touch()
        for loop in loops:
            loop.free_if_stuck()
    stop.set()
    _see_stopped(loops)


def _see_stopped(loops: Sequence[Loop]) -> None:
    deadline = monotonic() + STOP_WITHIN_SECONDS
    unfinished = [loop.name for loop in loops if not loop.see_stopped(within=deadline - monotonic())]
    if unfinished:
        logger.warning("Left to the next worker: %s.", ", ".join(unfinished))


def all_loops() -> list[Loop]:
    """What the worker does, each in its rhythm; none has begun."""
    reconciliation = Reconciliation()
    return [
        Loop("sweep", _sweep, every=SWEEP_EVERY_SECONDS),
        Loop("events", _events, every=EVENTS_EVERY_SECONDS),
        Loop("journal", _journal, every=JOURNAL_EVERY_SECONDS),
        Loop(
            "reconciliation",
            lambda: reconciliation.go_on(gate_store()),
            every=RECONCILE_EVERY_SECONDS,
            between=BETWEEN_SLICES_SECONDS,
        ),
    ]


def _sweep() -> bool:
    sweep(gate_store())
    return False


def _events() -> bool:
    return work_up_events(gate_store(), at=timezone.now()) > 0


def _journal() -> bool:
    """Batches are forgotten only after a turn in which every bucket that had one left was brought again."""
    at = timezone.now()
    write_journal(gate_store(), at=at)
    forget_batches(before=at - BATCHES_KNOWN_FOR)
    return False
