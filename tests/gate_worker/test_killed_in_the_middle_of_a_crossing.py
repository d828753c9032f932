"""Whatever is killed in the middle of a crossing: none is lost, none is doubled, and nobody has to start anything anew.

The worker is held between reading the crossing and committing its block by somebody else's lock on the account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from accounts.models import Account
from blocking.models import Block
from gate.keys import AccountKeys
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask
from tests.gate_worker.counting import ONE_OF_EACH, journalled, opened
from tests.gate_worker.worlds import World

pytestmark = [pytest.mark.process, pytest.mark.timeout(240)]


@pytest.fixture(autouse=True)
def _in_a_world_of_its_own(world: World) -> None:
    """Before the people, so that they live there."""


@pytest.fixture
def people(anja: Account, software: Account, limit: SetLimit) -> Account:
    limit(3)
    return software


def waiting(world: World, account: Account) -> int:
    return int(world.store.xlen(AccountKeys.of(account.user_number).stream))


def everything_is_worked_up(world: World, account: Account) -> Callable[[], bool]:
    return lambda: opened() == ONE_OF_EACH and waiting(world, account) == 0


@contextmanager
def held_in_the_middle(world: World, account: Account) -> Iterator[None]:
    """The account crosses its quota, and the worker has read that and waits in its transaction."""
    with world.holding("SELECT FROM accounts_account WHERE id = %s FOR NO KEY UPDATE", account.pk):
        assert ask(world.store, account, times=4) == {"ok": 3, "crossed": 1}
        assert world.becomes(lambda: world.waiting_for_locks() == 1), world.log()
        assert not Block.objects.exists()
        yield


def test_the_worker_is_killed_before_it_commits(world: World, people: Account) -> None:
    worker = world.start_worker()
    with held_in_the_middle(world, people):
        worker.kill()
    assert not Block.objects.exists()
    assert ask(world.store, people) == {"quota": 1}, "the mark refuses while nobody is there to open the block"
    world.start_worker()
    assert world.becomes(everything_is_worked_up(world, people)), world.log()


def test_the_worker_is_killed_after_it_committed_and_before_it_told_the_store(world: World, people: Account) -> None:
    worker = world.start_worker()
    with held_in_the_middle(world, people):
        world.hold_writes_to_the_store()
    assert world.becomes(lambda: opened() == ONE_OF_EACH), world.log()
    worker.kill()
    world.let_writes_through()
    assert waiting(world, people) > 0
    world.start_worker()
    assert world.becomes(everything_is_worked_up(world, people)), world.log()


def test_another_worker_takes_over_while_the_first_hangs(world: World, people: Account) -> None:
    """Both work up the same crossing in the end."""
    world.start_worker()
    with held_in_the_middle(world, people):
        world.start_worker()
        assert world.becomes(lambda: world.waiting_for_locks() == 2), world.log()
    assert world.becomes(everything_is_worked_up(world, people)), world.log()


def test_postgresql_is_killed(world: World, people: Account) -> None:
    worker = world.start_worker()
    with pytest.raises(psycopg.OperationalError), held_in_the_middle(world, people):
        world.engines.postgres.kill()
    world.revive()
    assert world.becomes(everything_is_worked_up(world, people)), world.log()
    assert worker.is_alive
    assert ask(world.store, people) == {"quota": 1}


def test_the_store_is_killed(world: World, people: Account) -> None:
    worker = world.start_worker()
    with held_in_the_middle(world, people):
        world.engines.valkey.kill()
    assert world.becomes(lambda: opened() == ONE_OF_EACH), world.log()
    world.revive()
    assert world.becomes(everything_is_worked_up(world, people)), world.log()
    assert worker.is_alive
    assert ask(world.store, people) == {"quota": 1}


def test_the_store_forgets_everything_after_the_crossing_was_read(world: World, people: Account) -> None:
    worker = world.start_worker()
    with held_in_the_middle(world, people):
        world.forget_everything()
    assert world.becomes(everything_is_worked_up(world, people)), world.log()
    assert ask(world.store, people) == {"quota": 1}, "filled anew, with the open block"
    assert worker.is_alive


def test_the_store_forgets_everything_before_the_crossing_was_read(world: World, people: Account) -> None:
    """Then there was no crossing; but what was journalled counts, so the next query crosses again."""
    worker = world.start_worker()
    assert ask(world.store, people, client="one", times=3) == {"ok": 3}
    assert world.becomes(lambda: journalled() == {"one": 3}), world.log()
    worker.kill()
    assert ask(world.store, people) == {"crossed": 1}
    world.forget_everything()
    world.start_worker()
    assert ask(world.store, people, times=2) == {"crossed": 1, "quota": 1}
    assert world.becomes(everything_is_worked_up(world, people)), world.log()
    assert journalled() == {"one": 3}
