"""The worker and the pushes of the portal keep a store of three nodes in step as they do a single server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import Account, AccountVersion
from blocking.choices import BlockReason
from blocking.models import Block, UsageHour
from blocking.services import place_support_block
from gate.keys import AccountKeys
from gate.queries.versions import versions_from
from gate.services.reconciling import reconcile
from gate.store import gate_store
from tests import factories
from tests.cases import lifted_by_support
from tests.gate.processes import RunningGate
from tests.gate.valkeys import NODES
from tests.gate_cluster.nodes import PATIENCE_SECONDS, QUOTA, answers
from tests.gate_worker.asking import held
from tests.portal_process import Started
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.timeout(240), pytest.mark.django_db(transaction=True)]


def test_what_the_portal_changes_is_in_force_at_once_on_every_node(
    gate: RunningGate, people: list[Account], sanne: Account
) -> None:
    assert answers(gate, people) == [204] * NODES
    for person in people:
        place_support_block(person, by=factories.by(sanne), at=timezone.now(), reason="gestolen sleutel")
    assert answers(gate, people) == [403] * NODES


def test_the_worker_turns_crossings_into_blocks_and_counts_into_usage(
    gate: RunningGate, people: list[Account], start_worker: Callable[[], Started], sanne: Account
) -> None:
    for _ in range(QUOTA):
        assert answers(gate, people) == [204] * NODES
    assert answers(gate, people) == [429] * NODES
    worker = start_worker()
    assert wait_until(lambda: Block.objects.open().count() == NODES, PATIENCE_SECONDS), worker.log.read_text()
    assert wait_until(lambda: UsageHour.objects.filter(queries=QUOTA).count() == NODES, PATIENCE_SECONDS)
    for block in Block.objects.open():
        lifted_by_support(block, sanne)
    assert answers(gate, people) == [204] * NODES
    assert "Traceback" not in worker.log.read_text()


def test_the_worker_sweeps_what_nobody_pushed_on_every_node(
    gate: RunningGate, people: list[Account], start_worker: Callable[[], Started]
) -> None:
    assert answers(gate, people) == [204] * NODES
    for person in people:
        Block.objects.create(account=person, reason=BlockReason.SUPPORT, opened_at=timezone.now())
    worker = start_worker()
    assert wait_until(lambda: answers(gate, people) == [403] * NODES, PATIENCE_SECONDS), worker.log.read_text()
    assert wait_until(lambda: not AccountVersion.objects.behind().exists(), PATIENCE_SECONDS)


def test_every_node_is_compared_with_the_database(gate: RunningGate, people: list[Account]) -> None:
    assert answers(gate, people) == [204] * NODES
    AccountVersion.objects.update(pushed=10_000)
    for person in people:
        gate_store().hset(AccountKeys.of(person.user_number).account, "v", "0")
    assert reconcile(versions_from(after=0, at_most=100), gate_store()) == {"older": NODES, "newer": 0}
    assert "0" not in {held(gate_store(), person)["v"] for person in people}
