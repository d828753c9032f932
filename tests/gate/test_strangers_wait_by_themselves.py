"""Strangers with ever other certificates keep nobody waiting who is known otherwise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from accounts.models import Service
from gate.api.database import THREADS
from tests.gate.client_certificates import client_certificate
from tests.gate.processes import RunningGate, asking_for
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

PATIENCE_SECONDS = 30


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])


def test_other_questions_find_a_free_thread(running_gate: RunningGate, a_service: Service) -> None:
    shown = [client_certificate(f"stranger-{number}").rfc9440 for number in range(3 * THREADS)]
    with ThreadPoolExecutor(len(shown)) as strangers, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE certificates_certificate IN ACCESS EXCLUSIVE MODE")
        asked = [
            strangers.submit(running_gate.ask, "", portal_user_number=None, client_cert=certificate)
            for certificate in shown
        ]
        assert wait_until(lambda: waiting_for_locks() >= THREADS, PATIENCE_SECONDS)
        assert running_gate.get("/v1/decisions/unknown", asking_for("20000000000017")).status == 404
    assert {answer.result().status for answer in asked} <= {403, 503}
