"""What is said about blocks is what this deployment does: after how many tries, and what a new password does."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Account
from blocking.choices import Door
from blocking.services import Typed, check_secret
from messagebox.letters import body_of
from messagebox.mails import mail_of
from messagebox.models import Delivery, Message
from tests.factories import WRONG_PASSWORD, by

pytestmark = pytest.mark.django_db

SIGN_IN, FORGOTTEN = "/inloggen/", "/wachtwoord-vergeten/"
TYPED = {
    SIGN_IN: {"user_number": "20001000001131", "password": WRONG_PASSWORD},
    FORGOTTEN: {"user_number": "20001000001131", "pin": "Kx7pRt4m", "new_password": "zeven kleine geiten thuis"},
}


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _read(client: Client, address: str, *, refused: bool = False) -> str:
    answer = client.post(address, TYPED[address]) if refused else client.get(address)
    assert answer.status_code == 200
    return _text(answer.content.decode())


@pytest.mark.parametrize(("limit", "words"), [(5, "vijf"), (7, "zeven"), (13, "13")])
@pytest.mark.parametrize("address", [SIGN_IN, FORGOTTEN])
def test_pages_name_the_limit_of_this_deployment(
    client: Client, settings: Settings, address: str, limit: int, words: str
) -> None:
    settings.PORTAL_FAILURE_LIMIT = limit
    assert f"Na {words} keer een verkeerd" in _read(client, address)
    assert f"{words.capitalize()} keer" in _read(client, address, refused=True)


@pytest.fixture
def notices(anna: Account, anja: Account, settings: Settings) -> list[str]:
    """Message and mail of a block that opens where a new password lifts it."""
    settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK = True
    return _notices_of_a_block(anna, anja)


def _notices_of_a_block(anna: Account, reader: Account) -> list[str]:
    for _ in range(5):
        check_secret(Typed(Door.SIGN_IN, anna.user_number, WRONG_PASSWORD), by=by(), at=timezone.now())
    mail = mail_of(Delivery.objects.get(template="block_opened"), timezone.now())
    texts = [body_of(Message.objects.get(), reader), str(mail.body), str(mail.alternatives[0][0])]
    return [_text(text) for text in texts]


def test_message_and_mail_say_that_a_new_password_lifts(notices: list[str]) -> None:
    assert all("wordt ook deze blokkade opgeheven" in text for text in notices)


def test_message_and_mail_promise_nothing_where_it_does_not(anna: Account, anja: Account) -> None:
    assert not any("ook deze blokkade opgeheven" in text for text in _notices_of_a_block(anna, anja))


@pytest.mark.parametrize(("address", "refused"), [(SIGN_IN, True), (FORGOTTEN, False), (f"{FORGOTTEN}gelukt/", False)])
def test_pages_say_what_a_new_password_does(client: Client, settings: Settings, address: str, refused: bool) -> None:
    settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK = True
    lifts = _read(client, address, refused=refused)
    assert "ook opgeheven" in lifts
    assert "heft een blokkade niet op" not in lifts
    settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK = False
    assert "ook opgeheven" not in _read(client, address, refused=refused)
