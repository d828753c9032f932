"""A PIN in the message box: sealed, shown once to a contact person, and then nowhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from accounts.choices import Means
from accounts.models import Account, AuditEvent
from accounts.services import finish_removals, issue_pin, remove_account
from messagebox.choices import SecretEnd
from messagebox.models import Delivery, Message, SealedSecret
from messagebox.policy import SECRETS_READABLE_FOR
from messagebox.refusals import SecretGone
from messagebox.services import post_message, reveal_secret, tend_secrets
from tests import factories
from tests.factories import a_moment_ago
from tests.fixtures_signing_in import showed

pytestmark = pytest.mark.django_db

PIN = "Wq4kHr9x"
SPELLED = "hoofdletter W, kleine letter q, cijfer 4"
PinPost = Callable[..., Message]


@pytest.fixture
def pin_for() -> PinPost:
    def posted(about: Account, *, pin: str = PIN, **ago: float) -> Message:
        assert about.organisation
        at = a_moment_ago(**ago)
        return post_message(
            about.organisation,
            kind="blocking:new_pin",
            parameters={"why": "asked"},
            about=about,
            by=factories.by(),
            at=at,
            secret=pin,
        )

    return posted


def _as(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def _page(message: Message) -> str:
    return f"/berichtenbox/{message.public_id}/"


def _reveal(message: Message) -> str:
    return f"{_page(message)}toon-pincode/"


def test_one_press_shows_it_and_a_second_does_not(anna: Account, anja: Account, pin_for: PinPost) -> None:
    message, browser = pin_for(anna), _as(anja)
    assert PIN not in browser.get(_page(message)).content.decode()
    shown = browser.post(_reveal(message))
    assert shown.status_code == 200
    assert PIN in shown.content.decode()
    assert SPELLED in shown.content.decode()
    again = browser.post(_reveal(message))
    assert again.status_code == 409
    assert PIN not in again.content.decode()


def test_the_page_with_it_is_kept_by_no_browser(anna: Account, anja: Account, pin_for: PinPost) -> None:
    assert "no-store" in _as(anja).post(_reveal(pin_for(anna))).headers["Cache-Control"]


def test_the_page_with_it_names_the_person_and_never_the_number(anna: Account, anja: Account, pin_for: PinPost) -> None:
    for about in (anna, anja):
        message, browser = pin_for(about), _as(anja)
        for page in (browser.get(_page(message)), browser.post(_reveal(message)), browser.get(_page(message))):
            assert about.name in page.content.decode()
            assert about.user_number not in page.content.decode()


def test_looking_shows_nothing(anna: Account, anja: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)
    assert _as(anja).get(_reveal(message)).status_code == 405
    assert SealedSecret.objects.waiting().exists()


def test_it_wants_a_second_factor_of_a_moment_ago(anna: Account, anja: Account, pin_for: PinPost) -> None:
    message, browser = pin_for(anna), _as(anja)
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE, at=a_moment_ago(minutes=16))
    answer = browser.post(_reveal(message))
    assert answer.status_code == 303
    assert answer["Location"].startswith("/bevestigen/?next=" + _page(message))
    assert SealedSecret.objects.waiting().exists()


def test_a_contact_person_elsewhere_finds_nothing(anna: Account, chris: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)
    assert _as(chris).post(_reveal(message)).status_code == 404
    assert SealedSecret.objects.waiting().exists()


def test_who_is_no_contact_person_is_refused(anna: Account, sanne: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)
    for account in (anna, sanne):
        assert _as(account).post(_reveal(message)).status_code == 403
    assert SealedSecret.objects.waiting().exists()


def test_a_message_without_one_has_none_to_show(anna: Account, anja: Account, noord) -> None:
    message = post_message(
        noord, kind="blocking:block_opened", parameters={}, about=anna, by=factories.by(), at=timezone.now()
    )
    assert _as(anja).post(_reveal(message)).status_code == 404
    assert "Toon de pincode" not in _as(anja).get(_page(message)).content.decode()


def test_the_log_and_the_rightful_user_hear_of_it_without_the_pin(
    anna: Account, anja: Account, pin_for: PinPost
) -> None:
    message = pin_for(anna)
    _as(anja).post(_reveal(message))
    event = AuditEvent.objects.get(slug="account:pin:revealed")
    assert (event.actor, event.account) == (anja, anna)
    mail = Delivery.objects.get(template="pin_revealed")
    assert mail.to_account == anna
    assert PIN not in f"{event.parameters}{mail.parameters}{message.parameters}"


def test_the_message_says_who_looked_and_when(anna: Account, anja: Account, bram: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)
    _as(anja).post(_reveal(message))
    page = _as(bram).get(_page(message)).content.decode()
    assert f"De pincode is bekeken door <bdi>{anja.name}</bdi>" in page
    assert "Toon de pincode" not in page


def test_a_second_press_is_in_the_log(anna: Account, anja: Account, bram: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)
    _as(anja).post(_reveal(message))
    _as(bram).post(_reveal(message))
    event = AuditEvent.objects.get(slug="account:pin_reveal:refused")
    assert (event.actor, event.account, event.parameters["code"]) == (bram, anna, "secret_gone")


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_gets_it(anna: Account, anja: Account, bram: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)

    def press(by: Account) -> str:
        try:
            return reveal_secret(message, by=factories.by(by), at=timezone.now())
        except SecretGone:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(press, [anja, bram] * 8))
    assert sorted(seen) == [""] * 15 + [PIN]
    assert AuditEvent.objects.filter(slug="account:pin:revealed").count() == 1


def _everything() -> str:
    """What the database holds of secrets and messages, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s::text FROM messagebox_sealedsecret s UNION ALL SELECT m::text FROM messagebox_message m"
        )
        return "\n".join(row for (row,) in cursor.fetchall())


def test_the_database_never_holds_it_in_the_clear(anna: Account, anja: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)
    assert PIN not in _everything()
    _as(anja).post(_reveal(message))
    assert PIN not in _everything()
    assert SealedSecret.objects.get().sealed == ""


def test_after_thirty_days_it_is_erased_once(anna: Account, anja: Account, pin_for: PinPost) -> None:
    message, at = pin_for(anna), timezone.now()
    assert tend_secrets(at=at) == 0
    for erased in (1, 0):
        assert tend_secrets(at=at + SECRETS_READABLE_FOR) == erased
    sealed = SealedSecret.objects.get()
    assert (sealed.end, sealed.sealed) == (SecretEnd.EXPIRED, "")
    assert "Niemand heeft de pincode op tijd bekeken" in _as(anja).get(_page(message)).content.decode()


def test_what_is_too_old_is_not_shown_though_nobody_swept(anna: Account, anja: Account, pin_for: PinPost) -> None:
    message = pin_for(anna, days=30)
    browser = _as(anja)
    assert "Toon de pincode" not in browser.get(_page(message)).content.decode()
    assert browser.post(_reveal(message)).status_code == 409


def test_a_newer_pin_erases_the_one_that_waits(anna: Account, anja: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)
    issue_pin(anna, by=factories.by(anja), at=timezone.now())
    assert SealedSecret.objects.get().end == SecretEnd.REPLACED
    assert "Er is een nieuwere pincode" in _as(anja).get(_page(message)).content.decode()


def test_a_removed_account_takes_it_along(anna: Account, anja: Account, pin_for: PinPost) -> None:
    message = pin_for(anna)
    removed = remove_account(anna, by=factories.by(anja), at=timezone.now())
    assert SealedSecret.objects.waiting().exists()
    assert removed.removal_final_at
    finish_removals(at=removed.removal_final_at)
    assert SealedSecret.objects.get().end == SecretEnd.REMOVED
    assert "Het account is verwijderd" in _as(anja).get(_page(message)).content.decode()


def test_it_is_sealed_anew_when_the_keys_change(anna: Account, anja: Account, pin_for: PinPost, settings) -> None:
    old, new = "oude sleutel " * 4, "nieuwe sleutel " * 4
    settings.PORTAL_SEALING_KEYS = (old,)
    message = pin_for(anna)
    settings.PORTAL_SEALING_KEYS = (new, old)
    tend_secrets(at=timezone.now())
    settings.PORTAL_SEALING_KEYS = (new,)
    assert PIN in _as(anja).post(_reveal(message)).content.decode()


def test_without_its_key_it_says_what_to_do_and_nothing_falls_over(
    anna: Account, anja: Account, pin_for: PinPost, settings, caplog
) -> None:
    message = pin_for(anna)
    settings.PORTAL_SEALING_KEYS = ("een heel andere sleutel " * 3,)
    with caplog.at_level(logging.ERROR):
        answer = _as(anja).post(_reveal(message))
        tend_secrets(at=timezone.now() + timedelta(days=1))
    assert answer.status_code == 409
    assert "Geef in Gebruikersbeheer een nieuwe pincode uit" in answer.content.decode()
    assert caplog.text.count("PORTAL_SEALING_KEYS") == 2
    assert SealedSecret.objects.waiting().exists()
