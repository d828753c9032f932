"""PostgreSQL away and Valkey away, each really killed, under a really running portal."""

import json
import socket
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse

import pytest
from celery import Celery
from kombu.exceptions import OperationalError as BrokerError
from redis import RedisError

from tests.fixtures_portal import OwnEngines
from tests.portal_process import RunningPortal
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.process

RECOVERS_WITHIN_SECONDS = 90.0
StartPortal = Callable[..., RunningPortal]


def fetched(portal: RunningPortal, path: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", portal.port, timeout=30)
    # A session cookie makes the page ask the database who this is.
    connection.request("GET", path, headers={"Cookie": "sessionid=0123456789abcdef0123456789abcdef"})
    answer = connection.getresponse()
    return answer, answer.read().decode()


def state(portal: RunningPortal) -> dict[str, str]:
    found: dict[str, str] = json.loads(fetched(portal, "/readyz")[1])
    return found


def test_without_postgres_a_plain_page_and_afterwards_all_is_well_by_itself(
    start_portal: StartPortal, own_engines: OwnEngines
) -> None:
    portal = start_portal(settings=own_engines.settings)
    assert fetched(portal, "/beheer/")[0].status == 302

    own_engines.postgres.kill()
    for _ in range(40):  # more than there are threads, so that each has held a dead connection
        answer, page = fetched(portal, "/beheer/")
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "10"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Het portaal is even niet bereikbaar" in page
        assert "Traceback" not in page
        assert "psycopg" not in page
    answer, _ = fetched(portal, "/readyz")
    assert answer.status == 503
    assert state(portal)["database"] == "away"
    assert fetched(portal, "/healthz")[0].status == 200
    pids = portal.worker_pids()

    own_engines.revive()
    for _ in range(40):
        assert fetched(portal, "/beheer/")[0].status == 302
    assert state(portal)["status"] == "ok"
    assert portal.worker_pids() == pids


def test_without_the_queue_people_go_on_and_the_worker_comes_back(
    start_portal: StartPortal, own_engines: OwnEngines
) -> None:
    portal = start_portal(settings=own_engines.settings)
    worker = portal.start_worker()
    beat = portal.start_beat()
    assert wait_until(lambda: worker_answers(own_engines), RECOVERS_WITHIN_SECONDS)

    own_engines.valkey.kill()
    answer, _ = fetched(portal, "/readyz")
    assert answer.status == 200
    assert state(portal) == {"status": "degraded", "database": "ok", "broker": "away"}
    assert fetched(portal, "/beheer/")[0].status == 302

    own_engines.revive()
    assert wait_until(lambda: worker_answers(own_engines) or not worker.is_alive, RECOVERS_WITHIN_SECONDS)
    if not worker.is_alive:
        # Celery's client may fall over a task that ended while the queue was away; a run and a container start it anew.
        worker = portal.start_worker()
    assert wait_until(lambda: worker_answers(own_engines), RECOVERS_WITHIN_SECONDS), worker.log.read_text()
    assert state(portal)["status"] == "ok"
    assert beat.is_alive


def test_a_frozen_queue_holds_nobody_up(start_portal: StartPortal, own_engines: OwnEngines) -> None:
    """A server that takes connections and never answers is worse than one that is gone."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        frozen = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        portal = start_portal(settings={**own_engines.settings, "PORTAL_REDIS_URL": frozen})
        assert state(portal) == {"status": "degraded", "database": "ok", "broker": "away"}


def worker_answers(own_engines: OwnEngines) -> bool:
    with Celery(broker=own_engines.valkey.url, set_as_current=False) as asker, asker.connection_for_write() as line:
        try:
            return bool(asker.control.ping(timeout=1, connection=line))
        except (OSError, RedisError, BrokerError):
            return False
