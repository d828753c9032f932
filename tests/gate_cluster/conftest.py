"""A store of three nodes, with a real gate and a real worker before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import Account, Organisation, Service
from accounts.services import authorise
from blocking.choices import QuotaWindow
from blocking.services.quota import set_quota
from tests import factories, portal_process
from tests.fixtures_gate import start_gate_worker
from tests.gate.processes import RunningGate, new_gate
from tests.gate.valkeys import NODES, ClusterNode, own_cluster
from tests.gate_cluster.nodes import QUOTA, third_of
from tests.portal_process import Started


@pytest.fixture(autouse=True)
def _like_a_new_process(nothing_known_to_be_away: None) -> None:
    """Each test."""


@pytest.fixture(scope="module")
def _cluster() -> Iterator[list[ClusterNode]]:
    with own_cluster() as nodes:
        yield nodes


@pytest.fixture
def cluster(_cluster: list[ClusterNode], monkeypatch: pytest.MonkeyPatch) -> list[ClusterNode]:
    """Empty, and the gate's store of this process."""
    for node in _cluster:
        node.client().flushall()
    monkeypatch.setattr(settings, "PORTAL_GATE_REDIS_URL", _cluster[0].url)
    return _cluster


@pytest.fixture
def gate(cluster: list[ClusterNode], transactional_db: None, tmp_path: Path) -> Iterator[RunningGate]:
    gate = new_gate(tmp_path / "gate", {"PORTAL_GATE_REDIS_URL": cluster[0].url})
    yield gate.start()
    gate.stop()


@pytest.fixture
def start_worker(cluster: list[ClusterNode], transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], Started]]:
    started: list[Started] = []

    def start() -> Started:
        env = {
            "PORTAL_DATABASE_URL": portal_process.test_database_url(),
            "PORTAL_GATE_REDIS_URL": cluster[0].url,
        }
        started.append(start_gate_worker(tmp_path, env))
        return started[-1]

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def people(cluster: list[ClusterNode], noord: Organisation, anja: Account, a_service: Service) -> list[Account]:
    """Users who may query the service, one on each node."""
    at = factories.a_moment_ago(days=1)
    set_quota(a_service, kind=AccountKind.PERSONAL, window=QuotaWindow.DAY, limit=QUOTA, by=PORTAL, at=at)
    found: dict[int, Account] = {}
    while len(found) < NODES:
        person = factories.account(noord, "Gebruiker", password=None, pin=None)
        found.setdefault(third_of(person), person)
    for person in found.values():
        authorise(person, service=a_service, by=PORTAL, at=at)
    return [found[third] for third in range(NODES)]
