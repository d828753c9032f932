"""The scripts run unchanged on a cluster of three, and the gate finds its way when slots move and nodes die."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from redis.crc import key_slot

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import Account, Organisation, Service
from accounts.services import authorise
from blocking.choices import BlockReason, QuotaWindow
from blocking.services.quota import set_quota
from gate.keys import AccountKeys
from gate.lua import script
from gate.projection import payload
from gate.queries.projection import projections_of
from gate.store import connect
from tests import factories
from tests.gate.processes import RunningGate
from tests.gate.valkeys import NODES, SLOTS, ClusterNode, OwnValkey, own_cluster
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.process

QUOTA, QUERIES, ON_EACH_NODE, PATIENCE_SECONDS = 5, 20, 2, 30


@pytest.fixture(scope="module")
def _cluster() -> Iterator[list[ClusterNode]]:
    with own_cluster() as nodes:
        yield nodes


@pytest.fixture
def cluster(_cluster: list[ClusterNode]) -> list[ClusterNode]:
    """Empty, and whole as it was at first: each test leaves it so."""
    for node in _cluster:
        node.client().flushall()
    return _cluster


@pytest.fixture
def gate(start_gate: Callable[..., RunningGate], cluster: list[ClusterNode]) -> RunningGate:
    return start_gate({"PORTAL_GATE_REDIS_URL": cluster[0].url})


@pytest.fixture
def people(transactional_db: None, noord: Organisation, a_service: Service) -> list[Account]:
    """Users who may query the service, on all nodes of the cluster."""
    at = factories.a_moment_ago(days=1)
    set_quota(a_service, kind=AccountKind.PERSONAL, window=QuotaWindow.DAY, limit=QUOTA, by=PORTAL, at=at)
    people: list[Account] = []
    while not all(sum(third_of(person) == third for person in people) >= ON_EACH_NODE for third in range(NODES)):
        people.append(factories.account(noord, "Gebruiker", password=None, pin=None))
    for person in people:
        authorise(person, service=a_service, by=PORTAL, at=at)
    return people


def slot_of(person: Account) -> int:
    return int(key_slot(AccountKeys.of(person.user_number).account.encode()))


def third_of(person: Account) -> int:
    return slot_of(person) * NODES // SLOTS


def node_of(person: Account, cluster: list[ClusterNode]) -> ClusterNode:
    return cluster[third_of(person)]


def ask_often(gate: RunningGate, people: list[Account]) -> dict[str, Counter[int]]:
    asked = [person.user_number for person in people for _ in range(QUERIES)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(zip(asked, threads.map(lambda number: gate.ask(number).status, asked), strict=True))
    return {
        person.user_number: Counter(status for number, status in answers if number == person.user_number)
        for person in people
    }


def test_each_account_has_its_quota_on_whichever_node(
    gate: RunningGate, cluster: list[ClusterNode], people: list[Account]
) -> None:
    expected = {204: QUOTA, 429: QUERIES - QUOTA}
    assert ask_often(gate, people) == {person.user_number: expected for person in people}
    store = connect(cluster[1].url)
    for person in people:
        keys = AccountKeys.of(person.user_number)
        crossings: Any = store.xrange(keys.stream)
        ids = [
            entry["id"]
            for _, entry in crossings
            if entry["kind"] == "crossing" and entry["number"] == person.user_number
        ]
        assert ids == [store.hget(keys.marks, "cov")]


def test_what_is_written_from_outside_counts_on_every_node(
    gate: RunningGate, cluster: list[ClusterNode], people: list[Account]
) -> None:
    assert {gate.ask(person.user_number).status for person in people} == {204}
    store = connect(cluster[2].url)
    for person in people:
        factories.block(person, BlockReason.PIN)
        (projection,) = projections_of([person.pk])
        told = "push", str(projection.version), "", payload(projection)
        assert store.eval(script("put"), 3, *AccountKeys.of(person.user_number).for_projection, *told) == 1
    assert {gate.ask(person.user_number).problem["reason"] for person in people} == {"pin"}


def test_a_slot_that_moved_is_found_and_nothing_is_counted_twice(
    gate: RunningGate, cluster: list[ClusterNode], people: list[Account]
) -> None:
    person = next(person for person in people if node_of(person, cluster) is cluster[0])
    assert gate.ask(person.user_number).headers["ratelimit"].startswith(f'"day";r={QUOTA - 1};')
    move(slot_of(person), cluster[0], cluster[1])
    # The other node was started under another id: the account is filled there, meters kept.
    assert gate.ask(person.user_number).headers["ratelimit"].startswith(f'"day";r={QUOTA - 2};')
    move(slot_of(person), cluster[1], cluster[0])
    assert gate.ask(person.user_number).headers["ratelimit"].startswith(f'"day";r={QUOTA - 3};')


def test_a_slot_that_is_being_moved_lets_nobody_through(
    gate: RunningGate, cluster: list[ClusterNode], people: list[Account]
) -> None:
    person = next(person for person in people if node_of(person, cluster) is cluster[0])
    slot = slot_of(person)
    begin_to_move(slot, cluster[0], cluster[1])
    assert gate.ask(person.user_number).status == 503
    for node in cluster[:2]:
        node.client().execute_command("CLUSTER", "SETSLOT", slot, "STABLE")
    assert gate.ask(person.user_number).headers["ratelimit"].startswith(f'"day";r={QUOTA - 1};')


def test_a_node_that_is_away_refuses_its_accounts_alone(
    gate: RunningGate, cluster: list[ClusterNode], people: list[Account]
) -> None:
    for node in cluster:
        node.client().config_set("cluster-require-full-coverage", "no")
    assert {gate.ask(person.user_number).status for person in people} == {204}
    cluster[2].kill()
    for person in people:
        assert gate.ask(person.user_number).status == (503 if node_of(person, cluster) is cluster[2] else 204)
    cluster[2].revive()
    assert wait_until(lambda: 503 not in {gate.ask(person.user_number).status for person in people}, PATIENCE_SECONDS)


def begin_to_move(slot: int, source: OwnValkey, target: OwnValkey) -> tuple[str, str]:
    source_id, target_id = (str(node.client().execute_command("CLUSTER", "MYID")) for node in (source, target))
    target.client().execute_command("CLUSTER", "SETSLOT", slot, "IMPORTING", source_id)
    source.client().execute_command("CLUSTER", "SETSLOT", slot, "MIGRATING", target_id)
    return source_id, target_id


def move(slot: int, source: OwnValkey, target: OwnValkey) -> None:
    """As an administrator does who spreads the load."""
    _, target_id = begin_to_move(slot, source, target)
    keys: Any = source.client().execute_command("CLUSTER", "GETKEYSINSLOT", slot, 100)
    source.client().execute_command(
        "MIGRATE", "127.0.0.1", target.port, "", 0, 5000, "AUTH", target.password, "KEYS", *keys
    )
    for node in (target, source):
        node.client().execute_command("CLUSTER", "SETSLOT", slot, "NODE", target_id)
