"""A store that was emptied or started again is filled before the first answer: blocks from PostgreSQL, usage from the
journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Account, Service
from blocking.choices import BlockReason, QuotaWindow
from blocking.services.quota import Usage, write_usage
from blocking.windows import window_start
from gate.keys import AccountKeys
from tests import factories
from tests.gate.processes import RunningGate
from tests.gate.valkeys import OwnValkey
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.process

QUOTA, JOURNALLED, PATIENCE_SECONDS = 200, 60, 30


@pytest.fixture
def gate(start_gate: Callable[..., RunningGate], valkey: OwnValkey) -> RunningGate:
    return start_gate({"PORTAL_GATE_REDIS_URL": valkey.url})


@pytest.fixture
def journalled(transactional_db: None, noord_queries: Account, a_service: Service, limit: Callable[..., None]) -> None:
    """So many queries of this day stand in the journal."""
    limit(QUOTA)
    day = window_start(QuotaWindow.DAY, datetime.now(UTC))
    usage = Usage(day, noord_queries.pk, a_service.pk, "192.0.2.9", JOURNALLED)
    assert write_usage(uuid4(), [usage], at=timezone.now())


def let_through(gate: RunningGate, user_number: str, queries: int) -> int:
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda _: gate.ask(user_number).status, range(queries))
        statuses = Counter(answers)
    assert set(statuses) <= {204, 429}
    return statuses[204]


@pytest.mark.usefixtures("journalled")
def test_usage_goes_on_from_the_journal(gate: RunningGate, noord_queries: Account) -> None:
    answer = gate.ask(noord_queries.user_number)
    assert answer.headers["ratelimit"].startswith(f'"day";r={QUOTA - JOURNALLED - 1};')


@pytest.mark.usefixtures("journalled")
def test_a_flush_in_the_middle_never_restarts_below_the_journal(
    gate: RunningGate, valkey: OwnValkey, noord_queries: Account
) -> None:
    """What was counted since the journal was written is lost with the store; what was journalled is not."""
    with ThreadPoolExecutor(1) as beside:
        under_way = beside.submit(let_through, gate, noord_queries.user_number, 200)
        meters = AccountKeys.of(noord_queries.user_number).meters
        assert wait_until(lambda: bool(valkey.client().exists(meters)), PATIENCE_SECONDS)
        valkey.client().flushall()
        under_way.result()
    counted = str(valkey.client().hget(meters, "cov:day")).split(":")[1]
    assert JOURNALLED < int(counted) <= QUOTA
    assert let_through(gate, noord_queries.user_number, 2 * QUOTA) <= QUOTA - int(counted)


def test_an_open_block_is_back_before_the_first_answer(
    gate: RunningGate, valkey: OwnValkey, noord_queries: Account, a_service: Service
) -> None:
    assert gate.ask(noord_queries.user_number).status == 204
    factories.block(noord_queries, BlockReason.QUOTA, service=a_service)
    valkey.client().flushall()
    with ThreadPoolExecutor(16) as threads:
        assert set(threads.map(lambda _: gate.ask(noord_queries.user_number).status, range(64))) == {429}


@pytest.mark.usefixtures("journalled")
def test_a_store_that_was_killed_is_filled_anew_although_it_kept_everything(
    gate: RunningGate, valkey: OwnValkey, noord_queries: Account, a_service: Service
) -> None:
    assert gate.ask(noord_queries.user_number).status == 204
    factories.block(noord_queries, BlockReason.SUPPORT)
    valkey.kill()
    away = gate.ask(noord_queries.user_number)
    assert (away.status, away.headers["retry-after"]) == (503, "1")
    assert away.problem["title"]
    valkey.revive()
    assert valkey.client().exists(AccountKeys.of(noord_queries.user_number).account)
    assert wait_until(lambda: gate.ask(noord_queries.user_number).status != 503, PATIENCE_SECONDS)
    assert gate.ask(noord_queries.user_number).problem["reason"] == "support"


def test_a_store_that_hangs_is_503_and_then_works_again(
    gate: RunningGate, valkey: OwnValkey, noord_queries: Account
) -> None:
    assert gate.ask(noord_queries.user_number).status == 204
    valkey.pause()
    try:
        with ThreadPoolExecutor(8) as threads:
            assert set(threads.map(lambda _: gate.ask(noord_queries.user_number).status, range(16))) == {503}
        assert gate.is_alive
    finally:
        valkey.go_on()
    assert wait_until(lambda: gate.ask(noord_queries.user_number).status == 204, PATIENCE_SECONDS)


def test_a_gate_that_starts_without_its_store_finds_it(
    start_gate: Callable[..., RunningGate], valkey: OwnValkey, noord_queries: Account
) -> None:
    valkey.kill()
    gate = start_gate({"PORTAL_GATE_REDIS_URL": valkey.url})
    assert gate.ask(noord_queries.user_number).status == 503
    valkey.revive()
    assert wait_until(lambda: gate.ask(noord_queries.user_number).status == 204, PATIENCE_SECONDS)


def test_a_full_store_lets_nobody_through(gate: RunningGate, valkey: OwnValkey, noord_queries: Account) -> None:
    assert gate.ask(noord_queries.user_number).status == 204
    valkey.client().config_set("maxmemory", 1)
    assert gate.ask(noord_queries.user_number).status == 503
    valkey.client().config_set("maxmemory", 0)
    assert gate.ask(noord_queries.user_number).status == 204
