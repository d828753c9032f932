from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from redis import Redis

from gate.store import connect
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
