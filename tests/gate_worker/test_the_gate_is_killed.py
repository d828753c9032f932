"""A gate that is killed in the middle of a crossing: its query crosses once or not at all, and nobody gets through."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from accounts.models import Account
from gate.keys import AccountKeys
from tests.fixtures_gate import SetLimit
from tests.gate.processes import RunningGate, new_gate
from tests.gate_worker.counting import ONE_OF_EACH, journalled, opened
from tests.gate_worker.worlds import World

pytestmark = [pytest.mark.process, pytest.mark.timeout(240)]

QUOTA = 3


@pytest.fixture(autouse=True)
def _in_a_world_of_its_own(world: World) -> None:
    """Before the people, so that they live there."""


@pytest.fixture
def people(anja: Account, software: Account, limit: SetLimit) -> Account:
    limit(QUOTA)
    return software


@pytest.fixture
def gate(world: World, people: Account) -> Iterator[RunningGate]:
    """Its account sent all that its quota allows, so the next query crosses."""
    gate = new_gate(world.folder / "gate", world.engines.settings | {"PORTAL_GATE_REDIS_URL": ""}).start()
    assert [gate.ask(people.user_number).status for _ in range(QUOTA)] == [204] * QUOTA
    yield gate
    gate.stop()


def kill(gate: RunningGate) -> None:
    assert gate.process is not None
    gate.process.kill()


def what_it_hears(gate: RunningGate, account: Account) -> int | None:
    """The status, or nothing at all."""
    try:
        return gate.ask(account.user_number).status
    except (OSError, EOFError):
        return None


@contextmanager
def store_held(world: World) -> Iterator[None]:
    """As when its machine hangs: what is sent to it waits there until it goes on."""
    process = world.engines.valkey.process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def bytes_wait_at(port: int) -> bool:
    """Whether anything was sent to this port that its process has not read yet."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(row[1].endswith(f":{port:04X}") and int(row[4].partition(":")[2], 16) for row in rows)


def test_after_the_store_was_asked_and_before_the_answer(world: World, people: Account, gate: RunningGate) -> None:
    """The store has the question, and works it up although nobody waits for the answer any more."""
    with ThreadPoolExecutor(1) as beside:
        with store_held(world):
            heard = beside.submit(what_it_hears, gate, people)
            assert world.becomes(lambda: bytes_wait_at(world.engines.valkey.port))
            kill(gate)
        assert heard.result() in {None, 503}
    assert world.becomes(lambda: bool(world.store.exists(AccountKeys.of(people.user_number).marks)))
    world.start_worker()
    assert world.becomes(lambda: opened() == ONE_OF_EACH), world.log()
    assert gate.start().ask(people.user_number).status == 429
    assert world.becomes(lambda: sum(journalled().values()) == QUOTA), world.log()
    assert opened() == ONE_OF_EACH


def test_with_many_queries_under_way(world: World, people: Account, gate: RunningGate) -> None:
    """None of them got through, whichever the store had seen."""
    world.start_worker()
    with ThreadPoolExecutor(16) as beside:
        heard = [beside.submit(what_it_hears, gate, people) for _ in range(64)]
        assert world.becomes(lambda: any(each.done() for each in heard))
        kill(gate)
        assert {each.result() for each in heard} <= {None, 429, 503}
    gate.start()
    assert gate.ask(people.user_number).status == 429
    assert world.becomes(lambda: opened() == ONE_OF_EACH), world.log()
    assert world.becomes(lambda: sum(journalled().values()) == QUOTA), world.log()
