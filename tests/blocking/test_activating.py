"""Activation: number, PIN and a password of one's own, then straight to the second factor."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.choices import AccountState, Secret
from accounts.models import Account, AuditEvent
from blocking.choices import BlockReason, Door
from blocking.models import Attempt, Block, Budget
from blocking.services import Typed, activate, check_secret
from messagebox.models import Delivery
from tests import factories
from tests.factories import PASSWORD, PIN, WRONG_PIN, by
from tests.second_factors import code_for, with_app

pytestmark = pytest.mark.django_db

DOOR = "/activeren/"
NEW = "zeven kleine geiten thuis"
PIN_DOORS = (Door.ACTIVATING, Door.INSTALLING, Door.FORGOTTEN_PASSWORD)


@pytest.fixture
def nadia(noord):
    return factories.account(noord, "Nadia Bouzid", state=AccountState.ISSUED, password=None)


def typed(account, *, pin=PIN, new_password=NEW):
    return {"user_number": account.user_number, "pin": pin, "new_password": new_password}


def enter(account, browser=None, **fields):
    return (browser or Client()).post(DOOR, typed(account, **fields))


def state_of(account):
    return Account.objects.get(pk=account.pk).state


def signs_in(account, password):
    return check_secret(Typed(Door.SIGN_IN, account.user_number, password), by=by(), at=timezone.now()) == account


@pytest.mark.parametrize("state", [AccountState.ISSUED, AccountState.EXPIRED])
def test_the_right_pin_and_a_password_make_it_active(nadia, state):
    Account.objects.filter(pk=nadia.pk).update(state=state)
    assert enter(nadia).status_code == 303
    assert state_of(nadia) == AccountState.ACTIVE
    assert signs_in(nadia, NEW)


def test_one_is_in_and_offered_a_second_factor_that_one_may_skip(nadia):
    browser = Client()
    assert enter(nadia, browser)["Location"] == "/mijn-account/tweede-factor/"
    assert "U kiest zelf of u dit wilt" in browser.get("/mijn-account/tweede-factor/").content.decode()
    assert browser.get("/mijn-account/").status_code == 200


def test_a_contact_person_links_one_before_anything_else(nadia):
    factories.mandate(nadia)
    browser = Client()
    assert enter(nadia, browser)["Location"].startswith("/mijn-account/tweede-factor/")
    assert browser.get("/gebruikersbeheer/").status_code in {302, 303}
    assert "U kunt verder zodra uw app is gekoppeld" in browser.get("/mijn-account/tweede-factor/").content.decode()


def test_who_has_a_second_factor_shows_it_first(noord):
    expired = factories.account(noord, "Henk Zijlstra", state=AccountState.EXPIRED)
    with_app(expired)
    browser = Client()
    assert enter(expired, browser)["Location"].startswith("/inloggen/tweede-factor/")
    assert browser.get("/mijn-account/").status_code == 302
    browser.post("/inloggen/tweede-factor/", {"token": code_for(expired), "means": "one_time_code"})
    assert browser.get("/mijn-account/").status_code == 200


def test_the_rightful_user_is_told_and_it_is_in_the_log(nadia):
    enter(nadia)
    assert Delivery.objects.get(template="account_activated").to_account == nadia
    assert AuditEvent.objects.get(slug="account:account:activated").actor == nadia


def test_a_wrong_pin_changes_nothing_and_counts(nadia):
    page = enter(nadia, pin=WRONG_PIN)
    assert page.status_code == 200
    assert "Het account is niet geactiveerd" in page.content.decode()
    assert state_of(nadia) == AccountState.ISSUED
    assert Budget.objects.get(account=nadia, secret=Secret.PIN).wrong == 1


@pytest.mark.parametrize("state", [state for state in AccountState if state not in {"issued", "expired"}])
def test_others_are_refused_though_the_pin_is_right(noord, state):
    account = factories.account(noord, state=state)
    assert "Het account is niet geactiveerd" in enter(account).content.decode()
    assert state_of(account) == state
    Account.objects.filter(pk=account.pk).update(state=AccountState.ACTIVE)
    assert signs_in(account, PASSWORD)


def test_software_is_not_activated(noord_software):
    Account.objects.filter(pk=noord_software.pk).update(state=AccountState.ISSUED)
    assert enter(noord_software).status_code == 200
    assert state_of(noord_software) == AccountState.ISSUED


def test_a_pin_block_refuses_it(nadia):
    factories.block(nadia, BlockReason.PIN)
    assert enter(nadia).status_code == 200
    assert state_of(nadia) == AccountState.ISSUED


def test_who_is_blocked_otherwise_becomes_active_and_is_not_let_in(noord):
    expired = factories.account(noord, state=AccountState.EXPIRED)
    factories.block(expired, BlockReason.PASSWORD)
    browser = Client()
    answer = enter(expired, browser)
    assert answer["Location"] == "/activeren/gelukt/"
    assert "uw account is ook geblokkeerd" in browser.get(answer["Location"]).content.decode()
    assert browser.get("/mijn-account/").status_code == 302


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"pin": ""}, "Vul uw pincode in."),
        ({"pin": "x" * 65}, "Een pincode heeft 8 tekens."),
        ({"new_password": "kort"}, "minstens 12 tekens"),
        ({"new_password": "Nadia Bouzid 2026"}, "niet uw naam"),
    ],
)
def test_what_does_not_suit_is_told_at_its_field(nadia, fields, told):
    page = enter(nadia, **fields)
    assert page.status_code == 200
    assert told in page.content.decode()
    assert PIN not in page.content.decode()
    assert state_of(nadia) == AccountState.ISSUED


def test_the_second_time_it_is_refused(nadia):
    enter(nadia)
    assert "Het account is niet geactiveerd" in enter(nadia).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_activates(nadia):
    def press(_):
        try:
            return activate(**typed(nadia), by=by(), at=timezone.now()) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(press, range(4))).count(True) == 1
    assert Delivery.objects.filter(template="account_activated").count() == 1


@pytest.mark.parametrize("first", PIN_DOORS)
def test_five_wrong_pins_over_three_doors_are_one_block(anna, counted, first):
    """Whichever comes first: each door counts for somebody who is active, though one of them lets nobody in."""
    start = PIN_DOORS.index(first)
    doors = [PIN_DOORS[(start + step) % 3] for step in range(9)]
    before = counted("pin")
    for door in doors:
        check_secret(Typed(door, anna.user_number, WRONG_PIN), by=by(), at=timezone.now())
    assert counted("pin") - before == 5
    assert Block.objects.get(account=anna).evidence_count == 5
    assert set(Attempt.objects.values_list("door", flat=True)) == set(PIN_DOORS)


@pytest.mark.django_db(transaction=True)
def test_of_thirty_at_once_over_three_doors_five_are_verified_and_the_right_one_is_not_among_them(
    anna, counted, settings
):
    """The right PIN comes when five are taken, so it never gets in."""
    settings.PORTAL_SOURCE_LIMIT = "off"
    settings.PORTAL_HASHING_WAIT_SECONDS = 60.0
    before = counted("pin")

    def guess(number):
        door = PIN_DOORS[number % 3]
        try:
            return check_secret(Typed(door, anna.user_number, f"fout{number:04d}"), by=by(), at=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(guess, range(30))) == [None] * 30
    for door in PIN_DOORS:
        assert check_secret(Typed(door, anna.user_number, PIN), by=by(), at=timezone.now()) is None
    assert counted("pin") - before == 5
    assert Block.objects.filter(account=anna, reason=BlockReason.PIN).count() == 1


def test_the_right_pin_of_an_active_account_costs_it_nothing_here(anna):
    for _ in range(7):
        assert enter(anna).status_code == 200
    assert Budget.objects.get(account=anna, secret=Secret.PIN).taken == 0
    assert not Block.objects.exists()
