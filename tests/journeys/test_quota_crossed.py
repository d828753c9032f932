"""Software queries until its quota is exceeded, and works again: through a real gate, its worker, and three desks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Account
from blocking.choices import BlockReason
from blocking.models import Block, SupportCase
from gate.store import connect
from tests.fixtures_gate import SetLimit, start_gate_worker
from tests.gate.processes import DECISION, Answer, RunningGate, asking_for, new_gate
from tests.journeys.conftest import AtScreen
from tests.portal_process import RunningPortal
from vecozo_portal.processes.waiting import wait_until

ALLOWED = 3
PATIENCE_SECONDS = 60.0
Query = Callable[[], Answer]


@pytest.fixture
def gate(running_portal: RunningPortal, tmp_path: Path) -> Iterator[RunningGate]:
    """A gate on an empty store, with the worker that writes down what it saw."""
    store = connect(settings.PORTAL_GATE_REDIS_URL)
    store.flushdb()
    door = new_gate(tmp_path)
    worker = start_gate_worker(tmp_path, door.env)
    yield door.start()
    door.stop()
    worker.stop()
    store.flushdb()
    store.close()


@pytest.fixture
def software(noord_queries: Account, limit: SetLimit) -> Account:
    """Noord's software, which may send three queries a day."""
    limit(ALLOWED)
    return noord_queries


@pytest.fixture
def query(gate: RunningGate, software: Account) -> Query:
    return lambda: gate.ask(software.user_number)


def is_told() -> bool:
    return Block.objects.open().filter(reason=BlockReason.QUOTA).exists()


def test_more_queries_than_the_quota_block_the_account(query, software):
    """Who sends more queries than the quota that is set for a service is blocked for it."""
    assert [query().status for _ in range(ALLOWED)] == [204] * ALLOWED
    assert query().status == 429
    assert wait_until(is_told, PATIENCE_SECONDS)
    block = Block.objects.get()
    assert (block.account, block.evidence_count, block.quota_limit) == (software, ALLOWED + 1, ALLOWED)


def status_line(gate: RunningGate, software: Account) -> str:
    """What the supplier's software writes in its own log."""
    headers = asking_for(software.user_number) | {"Host": "gate", "Content-Length": "0"}
    request = [f"POST {DECISION} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return gate.say("\r\n".join(request).encode()).partition(b"\r\n")[0].decode()


def test_the_block_is_known_by_429_and_ends_with_support(
    at_screen: AtScreen, gate: RunningGate, query: Query, software, anja, sanne
):
    """The software sees "429 Too Many Requests", and only that; the whole way back ends with an answer again."""
    for _ in range(ALLOWED + 1):
        last = query()
    assert status_line(gate, software) == "HTTP/1.1 429 Too Many Requests"
    assert (last.problem["reason"], last.problem["lifted_by"]) == ("quota", "support")
    assert "retry-after" not in last.headers
    assert query().status == 429
    assert wait_until(is_told, PATIENCE_SECONDS)

    contact = at_screen(anja)
    contact.signs_in()
    contact.reads_message(f"Quotum overschreden voor de dienst Controle op verzekering: {software.name}")
    contact.sees("429 Too Many Requests")
    contact.asks_support()
    support = at_screen(sanne)
    support.signs_in()
    support.opens_work("1 open supportverzoek")
    support.follows(SupportCase.objects.get().number)
    support.presses("In behandeling nemen")
    support.grants(is_quota=True)
    support.has_lifted_the_block_of(software)
    assert wait_until(lambda: query().status == 204, PATIENCE_SECONDS)
    contact.reads_message(f"Blokkade opgeheven: {software.name}")
