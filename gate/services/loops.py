"""Doing something again and again in a thread, whatever goes away in between and comes back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Final

from django.db import DEFAULT_DB_ALIAS, close_old_connections, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.outages import DATABASE_AWAY, cut_off
from gate import metrics
from gate.rounds import PartlyAway
from gate.store import STORE_AWAY

logger = logging.getLogger(__name__)

# How soon is tried again after a failure: within the second in which a change is to be in force.
PAUSE_AFTER_FAILURE_SECONDS: Final = 0.5
# No turn lasts so long; one that does waits for something that does not come.
STUCK_AFTER_SECONDS: Final = 60.0


class Loop:
    """`turn` every so many seconds, and again after `between` while it says that there is more.

    A turn may raise anything: it is told, and the next one begins with whatever came back. An outage of
    each kind is told once.
    """

    def __init__(self, name: str, turn: Callable[[], bool], *, every: float, between: float = 0.0) -> None:
        self.name = name
        self._turn = turn
        self.every = every
        self._between = between
        self._told: set[type[Exception]] = set()
        self._connection: BaseDatabaseWrapper | None = None
        self._busy_since: float | None = None
        self._thread: Thread | None = None

    def start(self, stop: Event) -> None:
        # What it was doing when the process ends is taken up by the next one, so nobody waits for it for ever.
        self._thread = Thread(target=self._run, args=[stop], name=f"gate-{self.name}", daemon=True)
        self._thread.start()

    def see_stopped(self, *, within: float) -> bool:
        if self._thread is None:
            return True
        self._thread.join(max(0.0, within))
        return not self._thread.is_alive()

    @property
    def is_well(self) -> bool:
        """Whether it turns, be it without success."""
        return self._thread is not None and self._thread.is_alive() and not self._is_stuck

    def free_if_stuck(self) -> None:
        """Take the connection away on which it waits; the next turn makes another."""
        if self._connection is not None and self._is_stuck:
            cut_off(self._connection)

    @property
    def _is_stuck(self) -> bool:
        began = self._busy_since
        return began is not None and monotonic() - began > STUCK_AFTER_SECONDS

    def _run(self, stop: Event) -> None:
        self._connection = connections[DEFAULT_DB_ALIAS]
        pause = 0.0
        while not stop.wait(pause):
            self._busy_since = began = monotonic()
            pause = self._pause_after_turn()
            self._busy_since = None
            # Turns begin in this rhythm, however long each takes; not after a failure, or while there is more.
            pause = max(0.0, began + pause - monotonic()) if pause == self.every else pause
        connection.close()

    def _pause_after_turn(self) -> float:
        try:
            close_old_connections()
            is_more = self._turn()
        except (*STORE_AWAY, *DATABASE_AWAY) as outage:
            self._note_outage(outage)
        except Exception:
            logger.exception("%s failed, and is tried again.", self.name)
        else:
            self._note_success()
            return self._between if is_more else self.every
        metrics.worker_failures.labels(loop=self.name).inc()
        return PAUSE_AFTER_FAILURE_SECONDS

    def _note_outage(self, outage: Exception) -> None:
        if type(outage) not in self._told:
            told = "goes on without a part of the store" if isinstance(outage, PartlyAway) else "waits for what is away"
            logger.warning("%s %s: %s", self.name, told, outage)
        self._told.add(type(outage))

    def _note_success(self) -> None:
        if self._told:
            logger.warning("%s goes on.", self.name)
        self._told.clear()
