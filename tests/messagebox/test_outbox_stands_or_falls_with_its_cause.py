"""A mail is a row, written in the transaction of what caused it, whatever the queue does."""

from __future__ import annotations

import socket
from threading import Thread
from typing import Self

import pytest
from celery import Celery
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from redis import Redis

from accounts.models import Account
from messagebox.choices import DeliveryState
from messagebox.models import Delivery, Message
from messagebox.services import queue_mail, sweep
from tests.messagebox.conftest import Post


def _queue(anna: Account, times: int = 1) -> list[Delivery]:
    at = timezone.now()
    return [
        queue_mail("password_changed", to=anna, parameters={"changed_at": at.isoformat()}, at=at) for _ in range(times)
    ]


def test_what_is_rolled_back_leaves_no_mail_and_no_message(db: None, anna: Account, anja: Account, post: Post) -> None:
    with transaction.atomic():
        post(anna)
        _queue(anna)
        assert Delivery.objects.count() == 2
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    assert not Message.objects.exists()


def test_nothing_is_mailed_before_the_commit(
    db: None, anna: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        _queue(anna)
    assert len(waiting) == 1
    assert mail.outbox == []
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_on_commit_a_worker_is_asked_by_name(transactional_db: None, anna: Account) -> None:
    queue = Redis.from_url(settings.PORTAL_REDIS_URL)
    queue.delete("portal")
    [delivery] = _queue(anna)
    assert queue.llen("portal") == 1
    asked = str(queue.lpop("portal"))
    assert "messagebox.send_delivery" in asked
    assert str(anna.email) not in asked
    assert delivery.state == DeliveryState.WAITING


def test_a_queue_that_is_away_neither_raises_nor_loses(
    transactional_db: None, anna: Account, broker_away: Celery
) -> None:
    _queue(anna, times=3)
    assert Delivery.objects.waiting().count() == 3
    assert sweep(at=timezone.now()) == 3
    assert sweep(at=timezone.now()) == 0
    assert len(mail.outbox) == 3


def test_a_queue_that_is_away_is_asked_once_and_not_for_every_mail(
    transactional_db: None, anna: Account, broker_away: Celery
) -> None:
    with _CountingDoor() as door:
        broker_away.conf.update(broker_url=f"redis://127.0.0.1:{door.port}/0")
        _queue(anna)
        knocks = door.knocks
        assert knocks
        _queue(anna, times=5)
        assert door.knocks == knocks


def test_the_database_keeps_a_delivery_whole(db: None, anna: Account) -> None:
    at = timezone.now()
    broken: list[dict[str, object]] = [
        {"to_account": None, "to_address": ""},
        {"state": DeliveryState.SENT},
        {"state": DeliveryState.SENT, "sent_at": at, "next_try_at": None},
        {"next_try_at": None},
        {"state": DeliveryState.GIVEN_UP},
        {"template": "../../secrets"},
    ]
    for fields in broken:
        whole: dict[str, object] = {
            "template": "password_changed",
            "to_account": anna,
            "created_at": at,
            "next_try_at": at,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(**whole | fields)


def test_what_waits_is_found_through_an_index_of_its_own(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'delivery_due'")
        assert "WHERE ((state)::text = 'waiting'::text)" in cursor.fetchone()[0]


class _CountingDoor:
    """Somebody who opens, counts, and closes without a word."""

    def __enter__(self) -> Self:
        self.knocks = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = Thread(target=self._open, daemon=True)
        self._thread.start()
        return self

    def _open(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.knocks += 1
            visitor.close()

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
