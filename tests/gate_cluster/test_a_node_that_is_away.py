"""While one node is away everybody on the others goes on: pushes, crossings, the journal and the comparison."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from accounts.models import Account, AccountVersion
from blocking.choices import BlockReason
from blocking.models import Block, UsageHour
from blocking.services import place_support_block
from gate import receivers
from gate.queries.versions import versions_from
from gate.rounds import PartlyAway
from gate.services.events import work_up_events
from gate.services.journal import write_journal
from gate.services.reconciling import reconcile
from gate.services.sweeping import sweep
from gate.store import gate_store
from tests import factories
from tests.gate.processes import RunningGate
from tests.gate.valkeys import ClusterNode
from tests.gate_cluster.nodes import PATIENCE_SECONDS, QUOTA, answers
from tests.portal_process import Started
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.timeout(240), pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[signal.SIGKILL, signal.SIGSTOP], ids=["dead", "silent"])
def lose_a_node(
    request: pytest.FixtureRequest, cluster: list[ClusterNode], gate: RunningGate, people: list[Account]
) -> Iterator[Callable[[], None]]:
    """The last one. This process knows the others by then, as one that has been running for a while."""
    for node in cluster:
        node.client().config_set("cluster-require-full-coverage", "no")
    assert answers(gate, people) == [204] * len(people)
    sweep(gate_store())
    lost = cluster[-1]
    is_killed = request.param == signal.SIGKILL
    yield lost.kill if is_killed else lost.pause
    (lost.revive if is_killed else lost.go_on)()
    whole = wait_until(lambda: all(knows_all(node) for node in cluster), PATIENCE_SECONDS)
    assert whole


def knows_all(node: ClusterNode) -> bool:
    facts = str(node.client().execute_command("CLUSTER", "INFO"))
    return "cluster_state:ok" in facts and "cluster_slots_ok:16384" in facts


def test_a_push_reaches_the_others_at_once_and_the_sweep_goes_past_it(
    lose_a_node: Callable[[], None], gate: RunningGate, people: list[Account], sanne: Account
) -> None:
    lose_a_node()
    for person in reversed(people):
        place_support_block(person, by=factories.by(sanne), at=timezone.now(), reason="gestolen sleutel")
    assert answers(gate, people) == [403, 403, 503]
    assert not receivers.store_left_alone
    for person in people:
        Block.objects.filter(account=person).update(reason=BlockReason.PASSWORD)
    with pytest.raises(PartlyAway):
        sweep(gate_store())
    assert {gate.ask(person.user_number).problem["reason"] for person in people[:-1]} == {"password"}
    behind = set(AccountVersion.objects.behind().values_list("pk", flat=True))
    assert [person.pk in behind for person in people] == [False, False, True]


def test_crossings_and_counts_of_the_others_are_worked_up(
    lose_a_node: Callable[[], None], gate: RunningGate, people: list[Account]
) -> None:
    while 204 in answers(gate, people):
        pass
    lose_a_node()
    with pytest.raises(PartlyAway):
        work_up_events(gate_store(), at=timezone.now())
    assert set(Block.objects.values_list("account", flat=True)) == {person.pk for person in people[:-1]}
    with pytest.raises(PartlyAway):
        write_journal(gate_store(), at=timezone.now())
    rows = UsageHour.objects.values_list("account", "queries")
    assert set(rows) == {(person.pk, QUOTA) for person in people[:-1]}


def test_the_others_are_compared_with_the_database(
    lose_a_node: Callable[[], None], gate: RunningGate, people: list[Account]
) -> None:
    Block.objects.bulk_create(
        Block(account=person, reason=BlockReason.SUPPORT, opened_at=timezone.now()) for person in people
    )
    AccountVersion.objects.update(pushed=10_000)
    lose_a_node()
    with pytest.raises(PartlyAway):
        reconcile(versions_from(after=0, at_most=100), gate_store())
    assert answers(gate, people) == [403, 403, 503]


def test_a_worker_finds_the_node_back(
    lose_a_node: Callable[[], None],
    cluster: list[ClusterNode],
    gate: RunningGate,
    people: list[Account],
    start_worker: Callable[[], Started],
) -> None:
    worker = start_worker()
    Block.objects.create(account=people[0], reason=BlockReason.SUPPORT, opened_at=timezone.now())
    assert wait_until(lambda: answers(gate, people)[0] == 403, PATIENCE_SECONDS), worker.log.read_text()
    lose_a_node()
    for person in people[1:]:
        Block.objects.create(account=person, reason=BlockReason.SUPPORT, opened_at=timezone.now())
    assert wait_until(lambda: answers(gate, people) == [403, 403, 503], PATIENCE_SECONDS), worker.log.read_text()
    assert wait_until(lambda: "sweep goes on without a part of the store" in worker.log.read_text(), PATIENCE_SECONDS)
    assert "Traceback" not in worker.log.read_text()
