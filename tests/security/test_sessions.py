"""What ends a session and what does not, and that nobody brings a session's key along."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import AccountState
from blocking.choices import BlockReason, LiftChannel
from tests import factories
from tests.factories import PIN, WRONG_PASSWORD, WRONG_PIN
from tests.fixtures_signing_in import sign_in

pytestmark = pytest.mark.django_db

A_PAGE = "/berichtenbox/"
NEW_PASSWORD = "zeven kleine geiten thuis"


def is_signed_in(browser):
    answer = browser.get(A_PAGE)
    assert answer.status_code == 200 or answer["Location"].startswith("/inloggen/")
    return answer.status_code == 200


@pytest.fixture
def session(anja):
    browser = sign_in(anja)
    assert is_signed_in(browser)
    return browser


@pytest.mark.parametrize("state", [state for state in AccountState if state != AccountState.ACTIVE])
def test_a_session_ends_with_its_account_and_does_not_come_back(session, anja, state):
    factories.put_in_state(anja, state)
    assert not is_signed_in(session)
    factories.put_in_state(anja, AccountState.ACTIVE)
    assert not is_signed_in(session)


def test_a_block_by_support_ends_sessions_and_lifting_it_does_not_bring_them_back(session, anja):
    block = factories.block(anja, BlockReason.SUPPORT)
    assert not is_signed_in(session)
    block.lifted_at, block.lift_channel = block.opened_at, LiftChannel.PHONE
    block.save()
    assert not is_signed_in(session)
    assert is_signed_in(sign_in(anja))


@pytest.mark.parametrize("reason", [BlockReason.PASSWORD, BlockReason.PIN, BlockReason.QUOTA])
def test_a_block_that_a_stranger_can_cause_throws_nobody_out(session, anja, a_service, reason):
    factories.block(anja, reason, service=a_service if reason == BlockReason.QUOTA else None)
    assert is_signed_in(session)


def test_five_wrong_passwords_and_pins_of_a_stranger_throw_nobody_out(session, anja):
    stranger = Client()
    for _ in range(5):
        stranger.post("/inloggen/", {"user_number": anja.user_number, "password": WRONG_PASSWORD})
        forgotten = {"user_number": anja.user_number, "pin": WRONG_PIN, "new_password": NEW_PASSWORD}
        stranger.post("/wachtwoord-vergeten/", forgotten)
    assert anja.blocks.count() == 2
    assert is_signed_in(session)


def test_a_changed_password_ends_every_session(session, anja):
    elsewhere = sign_in(anja)
    forgotten = {"user_number": anja.user_number, "pin": PIN, "new_password": NEW_PASSWORD}
    answer = elsewhere.post("/wachtwoord-vergeten/", forgotten)
    assert (answer.status_code, answer["Location"]) == (303, reverse("forgotten-password-done"))
    assert not is_signed_in(session)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(sign_in(anja, password=NEW_PASSWORD))


def test_a_changed_password_signs_nobody_in(anja):
    stranger = Client()
    forgotten = {"user_number": anja.user_number, "pin": PIN, "new_password": NEW_PASSWORD}
    stranger.post("/wachtwoord-vergeten/", forgotten)
    assert not is_signed_in(stranger)


def test_signing_in_gives_the_session_a_new_key_and_the_old_one_is_worth_nothing(anja):
    browser = Client()
    planted = browser.session
    planted["by"] = "an attacker"
    planted.save()
    before = str(planted.session_key)
    browser.cookies["sessionid"] = before
    sign_in(anja, browser)
    assert browser.session.session_key != before
    attacker = Client()
    attacker.cookies["sessionid"] = before
    assert not is_signed_in(attacker)


def test_signing_in_as_somebody_else_takes_nothing_along(session, chris):
    held = session.session
    held["note"] = "of Anja"
    held.save()
    sign_in(chris, session)
    assert "note" not in session.session


def test_signing_out_ends_the_session_for_who_copied_its_key(session):
    key = session.session.session_key
    session.post("/uitloggen/")
    thief = Client()
    thief.cookies["sessionid"] = key
    assert not is_signed_in(thief)


def test_the_session_keeps_when_and_how_somebody_proved_themselves(session):
    proofs = session.session["proofs"]
    assert [proof["means"] for proof in proofs] == ["password", "one_time_code"]
    assert is_signed_in(session)
    assert session.session["proofs"] == proofs


def test_signing_out_asks_for_a_post_with_a_token(anja):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anja, "blocking.backends.GuardedBackend")
    assert browser.get("/uitloggen/").status_code == 405
    assert browser.post("/uitloggen/").status_code == 403
    assert is_signed_in(browser)
