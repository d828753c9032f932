"""A store of three nodes, with a real gate and a real worker before it."""

from __future__ import annotations

import os
import sys
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
from gate import receivers
from gate.store import gate_store
from messagebox.services import outbox
from tests import factories, portal_process
from tests.gate.processes import RunningGate, new_gate
from tests.gate.valkeys import NODES, ClusterNode, own_cluster
from tests.gate_cluster.nodes import QUOTA, third_of
from tests.portal_process import Started
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn


@pytest.fixture(autouse=True)
def _nothing_known_to_be_away() -> Iterator[None]:
    """Each test begins like a process that has met neither the store nor the queue."""
    for left_alone in (receivers.store_left_alone, outbox.broker_left_alone):
        left_alone.forget()
    gate_store.cache_clear()
    yield
    gate_store.cache_clear()


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
        log = tmp_path / "gate-worker.log"
        env = os.environ | {
            "PORTAL_DATABASE_URL": portal_process.test_database_url(),
            "PORTAL_GATE_REDIS_URL": cluster[0].url,
            "PORTAL_STATE_DIR": str(tmp_path),
        }
        process = spawn([sys.executable, "manage.py", "gate_worker"], cwd=BASE_DIR, log=log, env=env)
        started.append(Started(process, log))
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
