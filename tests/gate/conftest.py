from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from redis import Redis

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import Account, Service
from accounts.services import authorise, register_address
from blocking.choices import QuotaWindow
from blocking.services.quota import set_quota
from gate.store import connect
from tests import factories
from tests.gate.processes import RunningGate, new_gate
from tests.gate.scripts import InStore
from tests.gate.valkeys import OwnValkey, own_valkeys


@pytest.fixture
def store(settings) -> Iterator[Redis]:
    """The gate's store, empty."""
    client = connect(settings.PORTAL_GATE_REDIS_URL)
    assert isinstance(client, Redis)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def valkey() -> Iterator[OwnValkey]:
    """A store of the test's own, to be paused, killed and started again."""
    with own_valkeys(OwnValkey, 1) as only:
        yield only[0]


@pytest.fixture
def account(store: Redis) -> InStore:
    """An account that the store knows, whose software may query the service."""
    return InStore(store).but()


@pytest.fixture(scope="session")
def _shared_gate(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningGate]:
    with django_db_blocker.unblock():
        gate = new_gate(tmp_path_factory.mktemp("gate"))
    yield gate.start()
    gate.stop()


@pytest.fixture
def running_gate(transactional_db: None, store: Redis, _shared_gate: RunningGate) -> RunningGate:
    """The session's gate, on an empty store."""
    return _shared_gate


@pytest.fixture
def start_gate(transactional_db: None, store: Redis, tmp_path: Path) -> Iterator[Callable[..., RunningGate]]:
    """A gate of your own: `start_gate(settings={...})`; stopped when the test ends."""
    started: list[RunningGate] = []

    def start(settings: Mapping[str, str] | None = None) -> RunningGate:
        gate = new_gate(tmp_path / f"gate-{len(started)}", settings)
        started.append(gate)
        return gate.start()

    yield start
    for gate in started:
        gate.stop()


@pytest.fixture
def noord_queries(noord_software: Account, a_service: Service) -> Account:
    """Noord's software, which may query the service from anywhere in the network for documentation."""
    at = factories.a_moment_ago(days=30)
    authorise(noord_software, service=a_service, by=PORTAL, at=at)
    register_address(noord_software, network="192.0.2.0/24", by=PORTAL, at=at)
    return noord_software


@pytest.fixture
def limit(a_service: Service) -> Callable[..., None]:
    """`limit(100)` or `limit(5, QuotaWindow.HOUR)`: a quota of the service for software."""

    def set_to(number: int, window: QuotaWindow = QuotaWindow.DAY) -> None:
        at = factories.a_moment_ago(days=30)
        set_quota(a_service, kind=AccountKind.SYSTEM, window=window, limit=number, by=PORTAL, at=at)

    return set_to
