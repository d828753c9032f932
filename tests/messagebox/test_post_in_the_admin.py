"""Support sees what was posted and what could not be mailed, and offers that again by a button."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.actors import PORTAL
from accounts.models import Account, AuditEvent
from blocking.choices import BlockReason
from blocking.services import open_block
from messagebox.choices import DeliveryState
from messagebox.models import Delivery
from messagebox.services import queue_mail, send_delivery, sweep
from tests.messagebox.conftest import Post
from tests.messagebox.mail_servers import AWAY
from vecozo_portal.environment import BASE_DIR

pytestmark = pytest.mark.django_db


@pytest.fixture
def given_up(anna: Account, settings: Settings) -> Delivery:
    at = timezone.now()
    delivery = queue_mail("password_changed", to=anna, parameters={"changed_at": at.isoformat()}, at=at)
    server, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, AWAY
    settings.PORTAL_DELIVERY_MAX_TRIES = 1
    send_delivery(delivery.pk, at=at)
    settings.EMAIL_BACKEND = server
    return delivery


def _as(account: Account) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(account)
    return client


def _change(delivery: Delivery) -> str:
    return reverse("admin:messagebox_delivery_change", args=[delivery.pk])


def _retry(delivery: Delivery) -> str:
    return reverse("admin:messagebox_delivery_retry", args=[delivery.pk])


def test_a_message_says_in_words_what_sort_it_is(anna: Account, anja: Account, sanne: Account) -> None:
    open_block(anna, reason=BlockReason.PIN, by=PORTAL, at=timezone.now())
    page = _as(sanne).get(reverse("admin:messagebox_message_changelist")).content.decode()
    assert "Blokkade ontstaan" in page
    assert "blocking:block_opened" not in page


def test_every_sort_of_message_has_such_words() -> None:
    folders = {path.parent for path in (BASE_DIR / "templates").glob("*/messages/*/subject.txt")}
    assert folders
    assert not [folder for folder in folders if not (folder / "kind.txt").read_text().strip()]


def test_a_given_up_mail_is_in_the_list_with_its_last_error(given_up: Delivery, sanne: Account) -> None:
    address = reverse("admin:messagebox_delivery_changelist")
    page = _as(sanne).get(address, {"state__exact": "given_up"}).content.decode()
    assert "Opgegeven" in page
    assert "SMTPServerDisconnected" in page


def test_support_presses_the_button_and_the_mail_leaves(given_up: Delivery, sanne: Account) -> None:
    client = _as(sanne)
    assert _retry(given_up) in client.get(_change(given_up)).content.decode()
    answer = client.post(_retry(given_up))
    assert (answer.status_code, answer.headers["Location"]) == (303, _change(given_up))
    assert sweep(at=timezone.now()) == 1
    assert len(mail.outbox) == 1
    assert AuditEvent.objects.get(slug="messagebox:delivery:retried").actor == sanne


def test_the_button_is_gone_once_the_mail_waits_again(given_up: Delivery, sanne: Account) -> None:
    client = _as(sanne)
    client.post(_retry(given_up))
    assert _retry(given_up) not in client.get(_change(given_up)).content.decode()
    page = client.post(_retry(given_up), follow=True).content.decode()
    assert "niet opgegeven" in page


def test_looking_at_the_address_of_the_button_changes_nothing(given_up: Delivery, sanne: Account) -> None:
    assert _as(sanne).get(_retry(given_up)).status_code == 405
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP


def test_the_button_wants_a_token_of_its_own_page(given_up: Delivery, sanne: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(sanne)
    assert client.post(_retry(given_up)).status_code == 403
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP


@pytest.mark.parametrize("who", ["anja", "chris", "anna"])
def test_nobody_but_support_can_press_it(who: str, given_up: Delivery, request: pytest.FixtureRequest) -> None:
    answer = _as(request.getfixturevalue(who)).post(_retry(given_up))
    assert answer.status_code in (302, 403)
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP


def test_messages_and_mails_are_there_to_read_and_never_to_edit(
    given_up: Delivery, sanne: Account, anna: Account, post: Post
) -> None:
    message, client = post(anna), _as(sanne)
    listed = client.get(reverse("admin:messagebox_message_changelist")).content.decode()
    assert "Wachtwoord geblokkeerd: Anna de Boer" in listed
    shown = client.get(reverse("admin:messagebox_message_change", args=[message.pk]))
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.content.decode()
    assert client.post(_change(given_up), {"state": "sent"}).status_code == 403
    assert client.get(reverse("admin:messagebox_delivery_add")).status_code == 403


def test_a_delivery_that_is_not_there_is_not_found(sanne: Account) -> None:
    assert _as(sanne).post(reverse("admin:messagebox_delivery_retry", args=[999])).status_code == 404
