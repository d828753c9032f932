"""A turn of the worker that waits for a database that vanished is let go of, and the next one is well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from django.db import connection

from gate.services import loops
from gate.services.loops import Loop
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 30


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[], bool]], Loop]]:
    """Whatever lasts is stuck."""
    monkeypatch.setattr(loops, "STUCK_AFTER_SECONDS", 0.0)
    stop = Event()
    started: list[Loop] = []

    def begin(turn: Callable[[], bool]) -> Loop:
        started.append(Loop("test", turn, every=0.01))
        started[-1].start(stop)
        return started[-1]

    yield begin
    stop.set()
    assert all(loop.see_stopped(within=PATIENCE_SECONDS) for loop in started)


def somebody_locks(how: str) -> None:
    """Whoever locks after another waits for ever."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(2025)")


def test_it_is_let_go_of(start: Callable[[Callable[[], bool]], Loop], caplog: pytest.LogCaptureFixture) -> None:
    begun, again = Event(), Event()

    def turn() -> bool:
        if begun.is_set():
            again.set()
            return False
        begun.set()
        somebody_locks("pg_advisory_lock")
        return False

    somebody_locks("pg_advisory_lock")
    loop = start(turn)
    assert begun.wait(PATIENCE_SECONDS)

    def is_free() -> bool:
        if not again.is_set():
            loop.free_if_stuck()
        return again.is_set()

    assert wait_until(is_free, PATIENCE_SECONDS)
    somebody_locks("pg_advisory_unlock")
    assert "test waits for what is away" in caplog.text
