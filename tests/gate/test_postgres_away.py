"""Without PostgreSQL who is known goes on, and who is not is refused until it is back."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable

import psutil
import pytest
from redis import Redis

from accounts.models import Account
from tests.fixtures_portal import OwnEngines
from tests.gate.processes import RunningGate
from tests.resilience.own_database import OwnDatabase
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.process

PATIENCE_SECONDS = 60


@pytest.fixture
def gate(start_gate: Callable[..., RunningGate], own_engines: OwnEngines, anna: Account, anja: Account) -> RunningGate:
    """On engines of its own, where everybody may query the service."""
    Redis.from_url(own_engines.valkey.url).flushall()
    own = OwnDatabase(own_engines.postgres.url)
    own.copy_people()
    own.execute("INSERT INTO accounts_service (code, name, legal_basis) VALUES ('cov', 'COV', 'zvw')")
    own.execute(
        "INSERT INTO accounts_authorisation (account_id, service_id, granted_at)"
        " SELECT account.id, service.id, now() FROM accounts_account AS account, accounts_service AS service"
    )
    return start_gate({**own_engines.settings, "PORTAL_GATE_REDIS_URL": own_engines.settings["PORTAL_REDIS_URL"]})


def test_who_is_known_goes_on_and_who_is_not_waits(
    gate: RunningGate, own_engines: OwnEngines, anna: Account, anja: Account
) -> None:
    assert gate.ask(anna.user_number).status == 204
    own_engines.postgres.kill()
    assert {gate.ask(anna.user_number).status for _ in range(20)} == {204}
    unknown = gate.ask(anja.user_number)
    assert (unknown.status, unknown.headers["retry-after"]) == (503, "1")
    own_engines.revive()
    assert wait_until(lambda: gate.ask(anja.user_number).status == 204, PATIENCE_SECONDS)


def test_a_database_that_hangs_holds_up_nobody_who_is_known(
    gate: RunningGate, own_engines: OwnEngines, anna: Account, anja: Account
) -> None:
    assert gate.ask(anna.user_number).status == 204
    family = _family(own_engines)
    _send(family, signal.SIGSTOP)
    try:
        assert gate.ask(anja.user_number).status == 503
        assert gate.ask(anna.user_number).status == 204
    finally:
        _send(family, signal.SIGCONT)
    assert wait_until(lambda: gate.ask(anja.user_number).status == 204, PATIENCE_SECONDS)


def _family(engines: OwnEngines) -> list[int]:
    assert engines.postgres.process is not None
    server = psutil.Process(engines.postgres.process.pid)
    return [server.pid, *(child.pid for child in server.children(recursive=True))]


def _send(family: list[int], sign: signal.Signals) -> None:
    for pid in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
