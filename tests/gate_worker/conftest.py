from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker
from redis import Redis

from accounts.actors import PORTAL
from accounts.choices import AccountKind, LegalBasis
from accounts.models import Account, Service
from accounts.services import authorise, register_address
from blocking.choices import QuotaWindow
from blocking.services.quota import set_quota
from gate import receivers
from gate.store import connect, gate_store
from messagebox.services import outbox
from tests import factories
from tests.fixtures_portal import OwnEngines
from tests.gate_worker.stores import Store
from tests.gate_worker.worlds import World, speaking_to
from tests.resilience.own_database import OwnDatabase

SetLimit = Callable[..., None]


@pytest.fixture(autouse=True)
def _nothing_known_to_be_away() -> Iterator[None]:
    """Each test begins like a process that has met neither the store nor the queue."""
    for left_alone in (receivers.store_left_alone, outbox.broker_left_alone):
        left_alone.forget()
    gate_store.cache_clear()
    yield
    gate_store.cache_clear()


@pytest.fixture
def store() -> Iterator[Store]:
    """The gate's store, empty."""
    client = connect(settings.PORTAL_GATE_REDIS_URL)
    assert isinstance(client, Redis)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def software(noord_software: Account, a_service: Service) -> Account:
    """Noord's software, which may query the service."""
    at = factories.a_moment_ago(days=30)
    authorise(noord_software, service=a_service, by=PORTAL, at=at)
    register_address(noord_software, network="192.0.2.0/24", by=PORTAL, at=at)
    return noord_software


@pytest.fixture
def limit(a_service: Service) -> SetLimit:
    """`limit(100)` or `limit(5, QuotaWindow.HOUR)`: a quota of the service for software."""

    def set_to(number: int, window: QuotaWindow = QuotaWindow.DAY, kind: AccountKind = AccountKind.SYSTEM) -> None:
        set_quota(a_service, kind=kind, window=window, limit=number, by=PORTAL, at=factories.a_moment_ago(days=30))

    return set_to


@pytest.fixture
def an_other_service(software: Account) -> Service:
    """A service without any quota, which the software may query too."""
    service = Service.objects.create(code="retour", name="Retourinformatie", legal_basis=LegalBasis.ZVW)
    authorise(software, service=service, by=PORTAL, at=factories.a_moment_ago(days=30))
    return service


@pytest.fixture
def world(
    own_engines: OwnEngines, tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """Everybody of this test lives in a database and a store of their own, which may be killed."""
    OwnDatabase(own_engines.postgres.url).keep_what_is_committed()
    monkeypatch.setattr(settings, "PORTAL_GATE_REDIS_URL", own_engines.valkey.url)
    world = World(own_engines, tmp_path)
    world.forget_everything()
    with django_db_blocker.unblock(), speaking_to(own_engines.postgres.url):
        yield world
        world.stop()
