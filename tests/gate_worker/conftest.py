from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker
from redis import Redis

from accounts.actors import PORTAL
from accounts.choices import LegalBasis
from accounts.models import Account, Service
from accounts.services import authorise
from gate.store import connect
from tests import factories
from tests.fixtures_portal import OwnEngines
from tests.gate_worker.stores import Store
from tests.gate_worker.worlds import World, speaking_to
from tests.resilience.own_database import OwnDatabase


@pytest.fixture(autouse=True)
def _like_a_new_process(nothing_known_to_be_away: None) -> None:
    """Each test."""


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
def software(noord_queries: Account) -> Account:
    return noord_queries


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
