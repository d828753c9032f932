"""Every mail leaves once, is tried again when it fails, and is given up in sight of Support."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account, AuditEvent
from messagebox.choices import DeliveryState
from messagebox.models import Delivery
from messagebox.policy import delay_after
from messagebox.refusals import NotGivenUp, OnlySupportRetries
from messagebox.services import queue_mail, retry_delivery, send_delivery, sweep
from messagebox.services.sending import SWEEP_BATCH
from tests import factories
from tests.messagebox.mail_servers import AWAY, MEETING, ServerWhereTwoMeet

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def delivery(anna: Account, at: datetime) -> Delivery:
    return _queue(anna, at)


@pytest.fixture
def given_up(delivery: Delivery, at: datetime, settings: Settings) -> Delivery:
    """A mail whose every try failed, with the mail server back afterwards."""
    server, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, AWAY
    settings.PORTAL_DELIVERY_MAX_TRIES = 1
    send_delivery(delivery.pk, at=at)
    settings.EMAIL_BACKEND = server
    delivery.refresh_from_db()
    return delivery


def _queue(to: Account, at: datetime) -> Delivery:
    return queue_mail("password_changed", to=to, parameters={"changed_at": at.isoformat()}, at=at)


def test_a_mail_is_sent_and_says_where_it_went(delivery: Delivery, anna: Account, at: datetime) -> None:
    assert send_delivery(delivery.pk, at=at)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at, delivery.to_address) == (DeliveryState.SENT, at, anna.email)
    assert [sent.to for sent in mail.outbox] == [[anna.email]]


def test_a_task_that_runs_twice_sends_once(delivery: Delivery, at: datetime) -> None:
    assert send_delivery(delivery.pk, at=at)
    assert not send_delivery(delivery.pk, at=at)
    assert len(mail.outbox) == 1


def test_a_mail_goes_to_the_address_of_the_moment_it_leaves(delivery: Delivery, anna: Account, at: datetime) -> None:
    Account.objects.filter(pk=anna.pk).update(email="nieuw@voorbeeld.test")
    send_delivery(delivery.pk, at=at)
    assert mail.outbox[0].to == ["nieuw@voorbeeld.test"]


def test_an_account_without_an_address_is_a_failure_to_be_seen(delivery: Delivery, anna: Account, at: datetime) -> None:
    Account.objects.filter(pk=anna.pk).update(email="")
    send_delivery(delivery.pk, at=at)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING
    assert "geen e-mailadres" in delivery.last_error


def test_a_mail_that_left_before_a_crash_is_recognised_as_the_same(delivery: Delivery, at: datetime) -> None:
    with transaction.atomic():
        send_delivery(delivery.pk, at=at)
        transaction.set_rollback(True)  # a kill -9 between sending and writing it down
    send_delivery(delivery.pk, at=at)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert str(delivery.public_id) in first.extra_headers["Message-ID"]


def test_a_failure_is_written_down_and_tried_again_later(delivery: Delivery, at: datetime, settings: Settings) -> None:
    settings.EMAIL_BACKEND = AWAY
    assert send_delivery(delivery.pk, at=at)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.WAITING, 1)
    assert delivery.next_try_at == at + delay_after(1)
    assert delivery.last_error == "SMTPServerDisconnected: Connectionunexpectedly closed"


def test_nothing_is_tried_before_its_time(delivery: Delivery, at: datetime, settings: Settings) -> None:
    settings.EMAIL_BACKEND = AWAY
    sweep(at=at)
    assert sweep(at=at + timedelta(seconds=1)) == 0
    assert not send_delivery(delivery.pk, at=at + timedelta(seconds=1))
    assert sweep(at=at + delay_after(1)) == 1


def test_after_the_last_try_a_mail_is_given_up(delivery: Delivery, at: datetime, settings: Settings) -> None:
    settings.EMAIL_BACKEND = AWAY
    tries = settings.PORTAL_DELIVERY_MAX_TRIES
    for day in range(tries + 3):
        sweep(at=at + timedelta(days=day))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.next_try_at) == (DeliveryState.GIVEN_UP, tries, None)


def test_a_mail_that_fails_does_not_hold_up_the_others(anna: Account, bram: Account, at: datetime) -> None:
    Account.objects.filter(pk=anna.pk).update(email="")
    _queue(anna, at)
    _queue(bram, at)
    sweep(at=at)
    assert [sent.to for sent in mail.outbox] == [[bram.email]]


def test_a_sweep_takes_no_more_than_its_batch(anna: Account, at: datetime) -> None:
    for _ in range(SWEEP_BATCH + 1):
        _queue(anna, at)
    assert sweep(at=at) == SWEEP_BATCH
    assert sweep(at=at) == 1


def test_support_offers_a_given_up_mail_again(given_up: Delivery, sanne: Account, at: datetime) -> None:
    retry_delivery(given_up, by=factories.by(sanne), at=at)
    assert send_delivery(given_up.pk, at=at)
    given_up.refresh_from_db()
    assert given_up.state == DeliveryState.SENT
    event = AuditEvent.objects.get(slug="messagebox:delivery:retried")
    assert (event.actor, event.account) == (sanne, given_up.to_account)


def test_a_retried_mail_gets_all_its_tries_again(
    given_up: Delivery, sanne: Account, at: datetime, settings: Settings
) -> None:
    settings.EMAIL_BACKEND, settings.PORTAL_DELIVERY_MAX_TRIES = AWAY, 2
    retry_delivery(given_up, by=factories.by(sanne), at=at)
    sweep(at=at)
    given_up.refresh_from_db()
    assert (given_up.state, given_up.tries) == (DeliveryState.WAITING, 1)


def test_nobody_but_support_offers_a_mail_again(given_up: Delivery, anja: Account, at: datetime) -> None:
    with pytest.raises(OnlySupportRetries):
        retry_delivery(given_up, by=factories.by(anja), at=at)
    given_up.refresh_from_db()
    assert given_up.is_given_up
    assert AuditEvent.objects.get(slug="messagebox:delivery_retry:refused").actor == anja


def test_a_mail_that_was_sent_is_not_offered_again(delivery: Delivery, sanne: Account, at: datetime) -> None:
    send_delivery(delivery.pk, at=at)
    with pytest.raises(NotGivenUp):
        retry_delivery(delivery, by=factories.by(sanne), at=at)
    assert sweep(at=at) == 0


def test_two_workers_at_once_send_every_mail_exactly_once(
    transactional_db: None, anna: Account, at: datetime, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = MEETING
    ServerWhereTwoMeet.met.clear()
    queued = {str(_queue(anna, at).public_id) for _ in range(20)}
    workers = [Thread(target=_sweep_in_a_connection_of_its_own, args=[at]) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sent = [message.extra_headers["Message-ID"].strip("<>").partition("@")[0] for message in mail.outbox]
    assert sorted(sent) == sorted(queued)
    assert set(Delivery.objects.values_list("state", "tries")) == {(DeliveryState.SENT, 1)}


def _sweep_in_a_connection_of_its_own(at: datetime) -> None:
    try:
        sweep(at=at)
    finally:
        connection.close()
