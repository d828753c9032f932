"""A contact person has a new PIN issued: it comes sealed into the message box, and lifts nothing."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils import timezone

from accounts.choices import AccountState, Means
from accounts.models import Account, AuditEvent, Mandate
from blocking.choices import BlockReason
from blocking.life_refusals import NotContactPersonForPin
from blocking.services import renew_pin
from messagebox.models import Delivery, Message, SealedSecret
from tests import factories
from tests.desk.conftest import account_address, is_open, refusals, text_of
from tests.factories import PIN, a_moment_ago, by
from tests.fixtures_signing_in import showed

pytestmark = pytest.mark.django_db


def new_pin_address(account):
    return f"{account_address(account)}nieuwe-pincode/"


def pin_shown(browser, message):
    page = browser.post(f"/berichtenbox/{message.public_id}/toon-pincode/")
    (pin,) = re.findall(r'<strong class="vp-number vp-nowrap">([^<]+)<', page.content.decode())
    return pin


def test_the_page_asks_first_and_looking_changes_nothing(signed_in, anja, anna):
    page = text_of(signed_in(anja).get(new_pin_address(anna)))
    for told in (anna.name, "De oude pincode werkt meteen niet meer", "Een blokkade wordt hiermee niet opgeheven"):
        assert told in page
    anna.refresh_from_db()
    assert check_password(PIN, anna.pin)


def test_a_press_puts_a_new_one_in_the_box_and_the_old_one_is_over(signed_in, anja, anna):
    browser = signed_in(anja)
    answer = browser.post(new_pin_address(anna))
    message = Message.objects.get(kind="blocking:new_pin")
    assert answer.status_code == 303
    assert answer["Location"] == f"/berichtenbox/{message.public_id}/"
    anna.refresh_from_db()
    assert not check_password(PIN, anna.pin)
    assert "Toon de pincode" in text_of(browser.get(answer["Location"]))
    assert check_password(pin_shown(browser, message), anna.pin)


def test_number_and_pin_are_never_on_one_page(signed_in, anja, anna):
    browser = signed_in(anja)
    browser.post(new_pin_address(anna))
    message = Message.objects.get()
    for page in (
        browser.get(f"/berichtenbox/{message.public_id}/"),
        browser.post(f"/berichtenbox/{message.public_id}/toon-pincode/"),
        browser.get("/berichtenbox/"),
    ):
        assert anna.user_number not in page.content.decode()


def test_it_is_recorded_and_told_to_the_rightful_user(signed_in, anja, noord, anna):
    signed_in(anja).post(new_pin_address(anna))
    event = AuditEvent.objects.get(slug="account:pin:issued", actor=anja)
    assert (event.account, event.on_behalf_of) == (anna, noord)
    mail = Delivery.objects.get(template="pin_issued")
    assert mail.to_account == anna
    assert mail.parameters["notice"]


def test_a_block_stays_and_the_message_offers_to_lift_it(signed_in, anja, anna):
    block, browser = factories.block(anna, BlockReason.PIN), signed_in(anja)
    page = browser.post(new_pin_address(anna), follow=True)
    assert is_open(block)
    assert f"/gebruikersbeheer/blokkades/{block.public_id}/opheffen/" in page.content.decode()
    assert "heft die blokkade niet op" in text_of(page)
    browser.post(f"/gebruikersbeheer/blokkades/{block.public_id}/opheffen/", {"reason": "forgotten"})
    after = browser.get(f"/berichtenbox/{Message.objects.get(kind='blocking:new_pin').public_id}/")
    assert "heft die blokkade niet op" not in text_of(after)


def test_software_gets_one_too(signed_in, anja, noord_software):
    assert signed_in(anja).post(new_pin_address(noord_software)).status_code == 303
    assert SealedSecret.objects.waiting().count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_not_for_oneself(signed_in, anja, method):
    answer = getattr(signed_in(anja), method)(new_pin_address(anja))
    assert answer.status_code == 403
    assert "Vraag een andere contactpersoon" in text_of(answer)
    assert not SealedSecret.objects.exists()
    assert AuditEvent.objects.filter(outcome="refused", actor=anja).count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_contact_person_elsewhere_finds_nothing(signed_in, chris, anna, method):
    assert getattr(signed_in(chris), method)(new_pin_address(anna)).status_code == 404
    assert [event.parameters["code"] for event in refusals("account:page:refused")] == ["not_your_organisation"]
    anna.refresh_from_db()
    assert check_password(PIN, anna.pin)


@pytest.mark.parametrize("who", ["chris", "anna", "sanne"])
def test_past_the_pages_too_it_is_the_contact_persons_alone(request, anna, noord, who):
    colleague = factories.account(noord, "Cor Collega")
    with pytest.raises(NotContactPersonForPin):
        renew_pin(colleague, by=by(request.getfixturevalue(who)), at=timezone.now())
    assert not SealedSecret.objects.exists()


def test_a_mandate_that_ended_gives_nothing(signed_in, anja, anna):
    browser = signed_in(anja)
    Mandate.objects.filter(account=anja).update(valid_until=a_moment_ago(seconds=1))
    assert browser.post(new_pin_address(anna)).status_code == 403
    assert not SealedSecret.objects.exists()


@pytest.mark.parametrize("state", [AccountState.REQUESTED, AccountState.REMOVAL_PENDING, AccountState.REMOVED])
def test_where_there_is_no_pin_there_is_no_new_one(signed_in, anja, noord, state):
    account = factories.account(noord, state=state)
    assert signed_in(anja).post(new_pin_address(account)).status_code == 409
    assert "nieuwe-pincode" not in signed_in(anja).get(account_address(account)).content.decode()


@pytest.mark.parametrize("state", [AccountState.ISSUED, AccountState.EXPIRED])
def test_who_still_has_to_activate_can_have_a_new_one(signed_in, anja, anna, state):
    Account.objects.filter(pk=anna.pk).update(state=state)
    assert "nieuwe-pincode" in signed_in(anja).get(account_address(anna)).content.decode()
    assert signed_in(anja).post(new_pin_address(anna)).status_code == 303


def test_not_while_support_blocks_the_account(signed_in, anja, anna):
    factories.block(anna, BlockReason.SUPPORT)
    answer = signed_in(anja).post(new_pin_address(anna))
    assert answer.status_code == 403
    assert "Support heeft dit account geblokkeerd" in text_of(answer)


def test_it_wants_a_second_factor_of_a_moment_ago(signed_in, anja, anna):
    browser = signed_in(anja)
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE, at=a_moment_ago(minutes=16))
    for method in ("get", "post"):
        assert getattr(browser, method)(new_pin_address(anna))["Location"].startswith("/bevestigen/")
    assert not SealedSecret.objects.exists()


def test_the_accounts_page_offers_it_but_not_for_ones_own(signed_in, anja, anna):
    assert new_pin_address(anna) in signed_in(anja).get(account_address(anna)).content.decode()
    assert "nieuwe-pincode" not in signed_in(anja).get(account_address(anja)).content.decode()


def test_strangers_sign_in_first(anna):
    assert Client().post(new_pin_address(anna))["Location"].startswith("/inloggen/")
