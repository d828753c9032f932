"""A change that is pushed is in force on connections that are already open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.client import HTTPConnection

import pytest
from django.utils import timezone
from redis import Redis

from accounts.actors import PORTAL
from accounts.models import Account, Service
from accounts.services import authorise, withdraw_authorisation
from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.services import lift_block
from gate.services.pushing import push
from tests import factories
from tests.gate.processes import DECISION, RunningGate, asking_for, read

pytestmark = pytest.mark.process


@pytest.fixture
def status(running_gate: RunningGate, noord_queries: Account) -> Iterator[Callable[[Account], int]]:
    """Asks over one connection that stays open."""
    connection = HTTPConnection("127.0.0.1", running_gate.port, timeout=10)

    def ask(account: Account) -> int:
        connection.request("GET", DECISION, headers=asking_for(account.user_number))
        return read(connection.getresponse()).status

    assert ask(noord_queries) == 204
    socket = connection.sock
    yield ask
    assert connection.sock is socket, "it was another connection"
    connection.close()


def test_a_block_and_its_lift(
    status: Callable[[Account], int], anna: Account, anja: Account, a_service: Service, store: Redis
) -> None:
    at = timezone.now()
    authorise(anna, service=a_service, by=PORTAL, at=at)
    assert status(anna) == 204
    block = factories.block(anna, BlockReason.PASSWORD)
    push([anna.pk], store)
    assert status(anna) == 403
    by_anja = factories.by(anja)
    lift_block(block, by=by_anja, at=at, channel=LiftChannel.USER_ADMINISTRATION, reason=LiftReason.CAPS_LOCK)
    push([anna.pk], store)
    assert status(anna) == 204


def test_a_quota_block(
    status: Callable[[Account], int], noord_queries: Account, a_service: Service, store: Redis
) -> None:
    factories.block(noord_queries, BlockReason.QUOTA, service=a_service)
    push([noord_queries.pk], store)
    assert status(noord_queries) == 429


def test_an_authorisation_that_was_withdrawn(
    status: Callable[[Account], int], noord_queries: Account, a_service: Service, store: Redis
) -> None:
    withdraw_authorisation(noord_queries, service=a_service, by=PORTAL, at=timezone.now())
    push([noord_queries.pk], store)
    assert status(noord_queries) == 403


def test_a_new_quota(
    status: Callable[[Account], int], noord_queries: Account, limit: Callable[..., None], store: Redis
) -> None:
    """What was used before it counts: one query went first."""
    limit(2)
    push([noord_queries.pk], store)
    assert [status(noord_queries) for _ in range(2)] == [204, 429]
