"""A warm decision asks the store once and PostgreSQL nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import Account
from blocking.choices import QuotaWindow
from certificates.services import register_certificate
from tests.gate.client_certificates import client_certificate
from tests.gate.processes import RunningGate
from tests.gate.valkeys import OwnValkey

pytestmark = pytest.mark.process

QUERIES = 100


class Watched:
    """What a store was asked, as it says itself."""

    def __init__(self, valkey: OwnValkey) -> None:
        self._client = valkey.client()

    def round_trips(self) -> int:
        """Reads from all connections; of ours, the one that asks this comes on top."""
        return int(self._client.info("stats")["total_reads_processed"])

    def scripts(self) -> int:
        return int(self._client.info("commandstats")["cmdstat_evalsha"]["calls"])


def last_statements() -> list[tuple[int, datetime]]:
    """When each other connection to the tests' database was last asked something."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, query_start FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid"
        )
        found: list[tuple[int, datetime]] = cursor.fetchall()
    return found


@pytest.mark.parametrize("by_certificate", [False, True])
def test_a_warm_decision_is_one_command_and_no_statement(
    start_gate: Callable[..., RunningGate],
    valkey: OwnValkey,
    noord_queries: Account,
    limit: Callable[..., None],
    by_certificate: bool,
) -> None:
    limit(1_000)
    limit(500, QuotaWindow.HOUR)
    shown = client_certificate()
    register_certificate(noord_queries, pem=shown.pem, by=PORTAL, at=timezone.now())
    who = {"portal_user_number": None, "client_cert": shown.rfc9440} if by_certificate else {}
    gate = start_gate({"PORTAL_GATE_REDIS_URL": valkey.url})
    assert gate.ask(noord_queries.user_number, **who).status == 204

    watched, asked = Watched(valkey), last_statements()
    scripts, round_trips = watched.scripts(), watched.round_trips()
    assert {gate.ask(noord_queries.user_number, **who).status for _ in range(QUERIES)} == {204}
    assert watched.round_trips() - round_trips == QUERIES + 1
    assert watched.scripts() - scripts == QUERIES
    assert asked
    assert last_statements() == asked
