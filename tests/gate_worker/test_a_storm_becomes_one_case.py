"""Five hundred queries at once over four gates, with the worker beside them: the quota passes, and there is one block,
one message and one case."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import Account, Service
from accounts.services import authorise
from blocking.models import Block, Crossing, SupportCase
from blocking.services.cases.filing import file_case
from messagebox.models import Message
from tests import factories
from tests.fixtures_gate import SetLimit
from tests.gate.parallel import ask_all
from tests.gate.processes import RunningGate, new_gate
from tests.gate_worker.counting import OPENED
from tests.gate_worker.worlds import World

pytestmark = [pytest.mark.race, pytest.mark.timeout(400)]

QUOTA, QUERIES, GATES, ROUNDS, PRESSES = 100, 500, 4, 20, 4


@pytest.fixture(autouse=True)
def _in_a_world_of_its_own(world: World) -> None:
    """Before the people, so that they live there."""


@pytest.fixture
def gates(world: World) -> Iterator[list[RunningGate]]:
    settings = world.engines.settings | {"PORTAL_GATE_REDIS_URL": ""}
    started = [new_gate(world.folder / f"gate-{number}", settings).start() for number in range(GATES)]
    yield started
    for gate in started:
        gate.stop()


@pytest.fixture
def software(anja: Account, a_service: Service, limit: SetLimit) -> list[Account]:
    """An account for each round, so that no round finds anything of another."""
    limit(QUOTA, kind=AccountKind.PERSONAL)
    made = [factories.account(anja.organisation, f"Ronde {number}") for number in range(ROUNDS)]
    for account in made:
        authorise(account, service=a_service, by=PORTAL, at=timezone.now())
    return made


def blocks(account: Account) -> list[Block]:
    return list(Block.objects.filter(account=account))


def file(block: Block, by: Account) -> str:
    """From a thread of its own, as two contact persons at two screens."""
    try:
        return file_case(block, by=factories.by(by), at=timezone.now()).number
    finally:
        connection.close()


def test_twenty_times(world: World, gates: list[RunningGate], software: list[Account], anja: Account) -> None:
    world.start_worker()
    for account in software:
        assert ask_all(gates, account.user_number, QUERIES) == {204: QUOTA, 429: QUERIES - QUOTA}
    for account in software:
        assert world.becomes(lambda account=account: len(blocks(account)) == 1), world.log()  # type: ignore[misc]
        (block,) = blocks(account)
        assert (block.is_open, block.evidence_count, block.quota_limit) == (True, QUOTA + 1, QUOTA)
        assert Message.objects.filter(kind=OPENED, about=account).count() == 1
        with ThreadPoolExecutor(PRESSES) as threads:
            assert len(set(threads.map(file, [block] * PRESSES, [anja] * PRESSES))) == 1
    assert Crossing.objects.count() == Block.objects.count() == SupportCase.objects.count() == ROUNDS
