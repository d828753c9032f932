"""A queue or a store that hangs does not show in how long an answer takes: telling them is done beside the request."""

import time
from queue import Queue
from threading import Event

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from redis import Redis

from accounts import afterwards
from blocking.choices import Door
from blocking.models import Block
from blocking.services import Typed, check_secret
from messagebox.services import outbox
from tests.factories import PASSWORD, WRONG_PASSWORD, by
from vecozo_portal.processes.waiting import wait_until

PATIENCE_SECONDS = 30


@pytest.fixture
def as_in_a_web_process(monkeypatch):
    """A thread does it, here until the test ends; what it was told is done by then."""
    monkeypatch.setattr(afterwards, "_threads", [])
    monkeypatch.setattr(afterwards, "_waiting", Queue(afterwards.WAITING_AT_MOST))
    outbox.broker_left_alone.forget()
    afterwards.begin()
    yield
    assert wait_until(afterwards._waiting.empty, PATIENCE_SECONDS)
    done = Event()
    afterwards.afterwards(connection_of_the_thread_closed)
    afterwards.afterwards(done.set)
    assert done.wait(PATIENCE_SECONDS)


def connection_of_the_thread_closed():
    connection.close()


def enter(account, entered):
    return check_secret(Typed(Door.SIGN_IN, account.user_number, entered), by=by(), at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_the_fifth_wrong_entry_is_answered_while_the_queue_hangs(as_in_a_web_process, anna, anja):
    queue, hanging = Redis.from_url(settings.PORTAL_REDIS_URL), Event()
    queue.delete("portal")
    afterwards.afterwards(lambda: hanging.wait(PATIENCE_SECONDS))
    for _ in range(5):
        enter(anna, WRONG_PASSWORD)
    assert Block.objects.open().get().account == anna
    assert queue.llen("portal") == 0
    hanging.set()
    assert wait_until(lambda: queue.llen("portal") == 2, PATIENCE_SECONDS)
    queue.delete("portal")


def test_what_fails_afterwards_stops_nothing_that_comes_after_it(as_in_a_web_process, caplog):
    done = Event()
    afterwards.afterwards(lambda: 1 / 0)
    afterwards.afterwards(done.set)
    assert done.wait(PATIENCE_SECONDS)
    assert "left for the sweeps" in caplog.text


def test_when_too_much_waits_the_rest_is_left_for_the_sweeps(as_in_a_web_process, caplog):
    hanging = Event()
    for _ in range(afterwards.WAITING_AT_MOST + 2):
        afterwards.afterwards(lambda: hanging.wait(PATIENCE_SECONDS))
    hanging.set()
    assert "Too much waits" in caplog.text


def test_elsewhere_it_is_done_at_once():
    done: list[bool] = []
    afterwards.afterwards(lambda: done.append(True))
    assert done == [True]


FLOOR_MS = 300


@pytest.fixture
def a_floor(settings):
    settings.PORTAL_REFUSAL_FLOOR_MS = FLOOR_MS


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["known", "nobody"])
def test_every_refused_entry_takes_at_least_as_long_as_the_fifth(anna, a_floor, who):
    number = anna.user_number if who == "known" else "9" * 14
    began = time.monotonic()
    assert check_secret(Typed(Door.SIGN_IN, number, WRONG_PASSWORD), by=by(), at=timezone.now()) is None
    assert time.monotonic() - began >= FLOOR_MS / 1000


@pytest.mark.django_db
def test_who_is_let_in_does_not_wait(anna, settings):
    settings.PORTAL_REFUSAL_FLOOR_MS = 10_000_000
    assert enter(anna, PASSWORD) == anna
