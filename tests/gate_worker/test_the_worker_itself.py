"""The worker starts without anything there, shows that it lives, finds back what was away, and stops when asked."""

from __future__ import annotations

import signal

import pytest
from django.utils import timezone

from accounts.models import Account, AccountVersion
from blocking.choices import BlockReason
from blocking.models import Block
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask, held
from tests.gate_worker.counting import ONE_OF_EACH, opened
from tests.gate_worker.worlds import World
from tests.portal_process import Started
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.timeout(240)]

STOPPED_WITHIN_SECONDS = 20.0


@pytest.fixture(autouse=True)
def _in_a_world_of_its_own(world: World) -> None:
    """Before the people, so that they live there."""


def lives(world: World) -> bool:
    return (world.folder / "gate-worker.alive").exists()


def ends_by_itself(worker: Started) -> bool:
    return wait_until(lambda: not worker.is_alive, STOPPED_WITHIN_SECONDS)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_asked_to(world: World, asked: signal.Signals) -> None:
    worker = world.start_worker()
    assert world.becomes(lambda: lives(world)), world.log()
    worker.process.send_signal(asked)
    assert ends_by_itself(worker)
    assert worker.process.returncode == 0
    assert "Traceback" not in world.log()


def test_it_stops_while_it_waits_for_somebody(world: World, anja: Account, software: Account, limit: SetLimit) -> None:
    """What was in hand is left to the next worker."""
    limit(3)
    worker = world.start_worker()
    with world.holding("SELECT FROM accounts_account WHERE id = %s FOR NO KEY UPDATE", software.pk):
        ask(world.store, software, times=4)
        assert world.becomes(lambda: world.waiting_for_locks() == 1), world.log()
        worker.process.terminate()
        assert ends_by_itself(worker)
    assert "Left to the next worker: events." in world.log()
    world.start_worker()
    assert world.becomes(lambda: opened() == ONE_OF_EACH), world.log()


def test_it_starts_while_everything_is_away_and_goes_on_when_it_comes(
    world: World, anja: Account, software: Account, limit: SetLimit
) -> None:
    limit(3)
    ask(world.store, software, times=4)
    world.engines.valkey.kill()
    world.engines.postgres.kill()
    worker = world.start_worker()
    assert wait_until(lambda: "waits for what is away" in world.log(), STOPPED_WITHIN_SECONDS)
    assert wait_until(lambda: lives(world), STOPPED_WITHIN_SECONDS), "it turns, be it without success"
    world.revive()
    assert world.becomes(lambda: opened() == ONE_OF_EACH), world.log()
    assert worker.is_alive
    assert "Traceback" not in world.log()


def test_it_sweeps_what_nobody_pushed(world: World, software: Account) -> None:
    ask(world.store, software)
    world.start_worker()
    Block.objects.create(account=software, reason=BlockReason.SUPPORT, opened_at=timezone.now())
    assert world.becomes(lambda: held(world.store, software).get("refusal") == "support"), world.log()
    assert world.becomes(lambda: not AccountVersion.objects.behind().exists())


def test_its_mails_leave_by_the_queue(world: World, anja: Account, software: Account, limit: SetLimit) -> None:
    """The block's mails are asked for on the portal's own queue, so that nobody waits for a sweep of the outbox."""
    limit(3)
    world.start_worker()
    ask(world.store, software, times=4)
    assert world.becomes(lambda: opened() == ONE_OF_EACH), world.log()
    assert world.becomes(lambda: world.store.llen("portal") > 0)
