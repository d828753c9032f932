"""Whatever is killed while counts are brought to the journal, each query stands in it once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from accounts.models import Account
from blocking.models import JournalBatch
from gate.keys import ALL_BUCKETS, bucket_of
from tests.gate_worker.asking import ask
from tests.gate_worker.counting import journalled
from tests.gate_worker.worlds import World

pytestmark = [pytest.mark.process, pytest.mark.timeout(240)]


@pytest.fixture(autouse=True)
def _in_a_world_of_its_own(world: World) -> None:
    """Before the people, so that they live there."""


def is_told(world: World, account: Account) -> bool:
    """Nothing of it is in the store any more."""
    bucket = ALL_BUCKETS[bucket_of(account.user_number)]
    return not world.store.exists(bucket.journal, bucket.draining)


@contextmanager
def held_in_the_middle(world: World, account: Account) -> Iterator[None]:
    """The worker has taken five counts from the store and waits to write them."""
    with world.holding("LOCK TABLE blocking_usagehour IN SHARE MODE"):
        ask(world.store, account, client="one", times=5)
        assert world.becomes(lambda: world.waiting_for_locks() == 1), world.log()
        yield


def everything_is_journalled(world: World, account: Account, queries: int) -> bool:
    return world.becomes(lambda: journalled() == {"one": queries} and is_told(world, account))


def test_the_worker_is_killed_before_it_commits(world: World, software: Account) -> None:
    worker = world.start_worker()
    with held_in_the_middle(world, software):
        worker.kill()
    assert not journalled()
    ask(world.store, software, client="one", times=2)
    world.start_worker()
    assert everything_is_journalled(world, software, 7), world.log()


def test_the_worker_is_killed_after_it_committed_and_before_it_told_the_store(world: World, software: Account) -> None:
    worker = world.start_worker()
    with held_in_the_middle(world, software):
        world.hold_writes_to_the_store()
    assert world.becomes(lambda: journalled() == {"one": 5}), world.log()
    worker.kill()
    world.let_writes_through()
    assert not is_told(world, software)
    world.start_worker()
    assert everything_is_journalled(world, software, 5), world.log()
    assert JournalBatch.objects.count() == 1


def test_postgresql_is_killed(world: World, software: Account) -> None:
    worker = world.start_worker()
    with pytest.raises(psycopg.OperationalError), held_in_the_middle(world, software):
        world.engines.postgres.kill()
    world.revive()
    assert everything_is_journalled(world, software, 5), world.log()
    assert worker.is_alive


def test_the_store_is_killed(world: World, software: Account) -> None:
    worker = world.start_worker()
    with held_in_the_middle(world, software):
        world.engines.valkey.kill()
    assert world.becomes(lambda: journalled() == {"one": 5}), world.log()
    world.revive()
    ask(world.store, software, client="one", times=2)
    assert everything_is_journalled(world, software, 7), world.log()
    assert worker.is_alive


def test_two_workers_bring_the_same_batch(world: World, software: Account) -> None:
    world.start_worker()
    with held_in_the_middle(world, software):
        world.start_worker()
        assert world.becomes(lambda: world.waiting_for_locks() == 2), world.log()
    assert everything_is_journalled(world, software, 5), world.log()
