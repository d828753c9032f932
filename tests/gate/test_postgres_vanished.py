"""PostgreSQL that vanishes without a word keeps no thread of the gate: who is not known yet is found again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from accounts.actors import PORTAL
from accounts.models import Account, Organisation, Service
from accounts.services import authorise
from gate.api.database import THREADS
from tests import factories, portal_process
from tests.gate.holes import Hole, hole_before
from tests.gate.processes import RunningGate
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

PATIENCE_SECONDS = 60


@pytest.fixture
def hole(transactional_db: None) -> Iterator[Hole]:
    there = urlsplit(portal_process.test_database_url())
    with hole_before(there.hostname or "127.0.0.1", there.port or 5432) as hole:
        yield hole


@pytest.fixture
def gate(start_gate: Callable[..., RunningGate], hole: Hole) -> RunningGate:
    url = portal_process.test_database_url()
    return start_gate({"PORTAL_DATABASE_URL": url.replace(f":{urlsplit(url).port}/", f":{hole.port}/")})


@pytest.fixture
def people(noord: Organisation, a_service: Service) -> list[Account]:
    people = [factories.account(noord, "Gebruiker", password=None, pin=None) for _ in range(6 * THREADS)]
    for person in people:
        authorise(person, service=a_service, by=PORTAL, at=factories.a_moment_ago(days=1))
    return people


def ask_at_once(gate: RunningGate, people: list[Account]) -> set[int]:
    with ThreadPoolExecutor(len(people)) as threads:
        return set(threads.map(lambda person: gate.ask(person.user_number).status, people))


def test_all_its_threads_come_back(gate: RunningGate, hole: Hole, people: list[Account]) -> None:
    warm, waiting, others = people[: 2 * THREADS], people[2 * THREADS : 4 * THREADS], people[4 * THREADS :]
    assert ask_at_once(gate, warm) == {204}
    hole.swallow()
    assert 503 in ask_at_once(gate, waiting)
    assert ask_at_once(gate, warm) == {204}, "who is known goes on"
    assert wait_until(lambda: ask_at_once(gate, others) == {204}, PATIENCE_SECONDS), gate.log
