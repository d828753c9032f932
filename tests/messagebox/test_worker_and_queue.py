"""A real worker on a real queue sends what it is asked to, and beat's sweep what nobody asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.utils import timezone
from redis import Redis

from accounts.models import Account
from messagebox.choices import DeliveryState
from messagebox.models import Delivery
from messagebox.services import outbox, queue_mail
from tests.portal_process import RunningPortal, new_portal
from vecozo_portal.celery import app as portal_app
from vecozo_portal.processes.waiting import wait_until

PATIENCE_SECONDS = 60


@pytest.fixture
def back_office(transactional_db: None, tmp_path: Path) -> Iterator[RunningPortal]:
    """The worker and beat, without the pages, on a queue in which nothing lies yet."""
    Redis.from_url(settings.PORTAL_REDIS_URL).delete("portal")
    portal = new_portal(tmp_path, settings={"PORTAL_DELIVERY_SWEEP_SECONDS": "0.5"})
    yield portal
    portal.stop()


def _queue(anna: Account) -> Delivery:
    at = timezone.now()
    return queue_mail("password_changed", to=anna, parameters={"changed_at": at.isoformat()}, at=at)


def _leaves(delivery: Delivery) -> bool:
    sent = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENT)
    return wait_until(sent.exists, PATIENCE_SECONDS)


def _as_it_stands(portal: RunningPortal) -> str:
    """What somebody wants to know when a mail did not leave."""
    queue = Redis.from_url(settings.PORTAL_REDIS_URL)
    rows = list(Delivery.objects.values("pk", "state", "tries", "last_error", "next_try_at"))
    waiting = queue.lrange("portal", 0, -1), queue.hgetall("unacked"), queue.keys("*")
    return f"{rows}\nqueue: {waiting}\n" + "\n".join(other.log.read_text() for other in portal.others)


def _mails(portal: RunningPortal) -> list[str]:
    files = (portal.folder / "mail").glob("*.log")
    return [str(message_from_bytes(file.read_bytes(), policy=default)["Message-ID"]) for file in files]


def test_this_process_and_the_ones_it_starts_share_a_queue() -> None:
    assert os.environ["PORTAL_REDIS_URL"] == settings.PORTAL_REDIS_URL


def test_the_worker_knows_every_task_that_beat_and_services_name() -> None:
    portal_app.loader.import_default_modules()
    named = {entry["task"] for entry in portal_app.conf.beat_schedule.values()} | {"messagebox.send_delivery"}
    assert named <= set(portal_app.tasks)


@pytest.mark.process
def test_what_was_queued_leaves_once_also_after_the_queue_was_away(
    back_office: RunningPortal, anna: Account, broker_away: Celery
) -> None:
    left_behind = _queue(anna)
    portal_app.set_current()
    outbox.broker_left_alone.forget()
    asked_for = _queue(anna)
    back_office.start_worker()
    assert _leaves(asked_for), _as_it_stands(back_office)
    assert not Delivery.objects.filter(pk=left_behind.pk, state=DeliveryState.SENT).exists()
    back_office.start_beat()
    assert _leaves(left_behind), _as_it_stands(back_office)
    assert sorted(_mails(back_office)) == sorted(
        f"<{delivery.public_id}@127.0.0.1>" for delivery in (asked_for, left_behind)
    )
