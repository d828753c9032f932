"""What follows a commit and is swept when it was missed: asking a worker, telling the gate.

Nobody at a door waits for it, or a queue that hangs would show in how long an answer takes that somebody was just
blocked. In a web process a thread does it (`begin`); in commands and workers, where nobody waits, it is done at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from queue import Full, Queue
from threading import Thread

from django.db import close_old_connections

logger = logging.getLogger(__name__)

Act = Callable[[], object]

# What more there is, while something hangs, is left for the sweeps.
WAITING_AT_MOST = 1000
# By then the request has its answer: work beside it would show in how long that takes.
NOT_BEFORE_SECONDS = 0.05

_waiting: Queue[tuple[float, Act]] = Queue(WAITING_AT_MOST)
_threads: list[Thread] = []


def begin() -> None:
    """From now on this process does it in a thread of its own, one thing after the other."""
    if not _threads:
        _threads.append(Thread(target=_work, name="afterwards", daemon=True))
        _threads[0].start()


def afterwards(act: Act) -> None:
    """Do it soon; call it on commit. Never waits in a web process, and never raises there."""
    if not _threads:
        act()
        return
    try:
        _waiting.put_nowait((time.monotonic() + NOT_BEFORE_SECONDS, act))
    except Full:
        logger.warning("Too much waits to be told; the sweeps tell the rest.")


def _work() -> None:
    while True:
        due, act = _waiting.get()
        time.sleep(max(0.0, due - time.monotonic()))
        close_old_connections()
        try:
            act()
        except Exception:
            logger.exception("Something that follows a commit failed; it is left for the sweeps.")
