"""A forgotten PIN: the contact persons get a new one, once a day, and who asked learns nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.choices import AccountState
from accounts.models import Account, AuditEvent
from blocking.choices import BlockReason
from blocking.models import Block, PinRequest
from blocking.refusals import SourceThrottled
from blocking.services import answer_pin_requests, ask_for_pin
from messagebox.models import Delivery, Message, SealedSecret
from tests import factories
from tests.factories import PIN, by

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def ask(account, at=None):
    ask_for_pin(user_number=account.user_number, by=by(), at=at or timezone.now())


def ask_and_answer(account, at=None):
    ask(account, at)
    return answer_pin_requests(at=at or timezone.now())


def has_old_pin(account):
    account.refresh_from_db()
    return check_password(PIN, account.pin)


def test_the_contact_persons_get_a_new_pin_sealed(anna, anja, bram):
    assert ask_and_answer(anna) == 1
    message = Message.objects.get(kind="blocking:new_pin")
    assert message.about == anna
    assert not has_old_pin(anna)
    assert check_password(SealedSecret.objects.get(message=message).secret, anna.pin)
    told = {(mail.template, mail.to_account) for mail in Delivery.objects.all()}
    assert told == {("new_message", anja), ("new_message", bram), ("pin_issued", anna)}


def test_until_a_worker_answers_the_old_pin_works(anna, anja):
    ask(anna)
    assert has_old_pin(anna)
    assert not Message.objects.exists()


def test_answering_twice_is_answering_once(anna, anja):
    assert [ask_and_answer(anna), answer_pin_requests(at=timezone.now())] == [1, 0]
    assert Message.objects.count() == 1


def test_once_a_day_for_an_account_and_again_the_next_day_in_amsterdam(anna, anja):
    for moment in (NOON, NOON + timedelta(hours=11, minutes=59)):
        ask_and_answer(anna, moment)
    assert Message.objects.count() == 1
    ask_and_answer(anna, NOON + timedelta(hours=12))
    assert Message.objects.count() == 2
    assert SealedSecret.objects.waiting().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_and_answer_at_once_one_pin_comes(anna, anja, settings):
    settings.PORTAL_SOURCE_LIMIT = "off"

    def both(_):
        try:
            ask_and_answer(anna, NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(both, range(16)))
    assert PinRequest.objects.count() == Message.objects.count() == 1
    assert AuditEvent.objects.filter(slug="account:pin:issued", at=NOON).count() == 1


def test_a_block_stays(anna, anja):
    factories.block(anna, BlockReason.PIN)
    ask_and_answer(anna)
    assert not has_old_pin(anna)
    assert Block.objects.open().filter(account=anna).count() == 1


@pytest.mark.parametrize("state", [AccountState.REQUESTED, AccountState.REMOVAL_PENDING, AccountState.REMOVED])
def test_who_has_no_pin_gets_none(noord, anja, state):
    assert ask_and_answer(factories.account(noord, state=state)) == 0


def test_who_was_removed_before_the_answer_gets_none(anna, anja):
    ask(anna)
    Account.objects.filter(pk=anna.pk).update(state=AccountState.REMOVED)
    answer_pin_requests(at=timezone.now())
    assert not Message.objects.exists()
    assert AuditEvent.objects.get(slug="account:pin_issue:refused").parameters["code"] == "no_pin_in_this_state"


def test_while_support_blocks_an_account_nobody_gets_a_pin_for_it(anna, anja):
    factories.block(anna, BlockReason.SUPPORT)
    assert ask_and_answer(anna) == 0
    assert has_old_pin(anna)


def test_software_and_support_forget_nothing(noord_software, sanne, anja):
    for account in (noord_software, sanne):
        assert ask_and_answer(account) == 0


@pytest.mark.parametrize("number", ["99999999999999", "geen nummer", "x" * 64, "\x00", "１２３４５６７８９０１２３４"])
def test_nobody_is_nobody(number):
    ask_for_pin(user_number=number, by=by(), at=timezone.now())
    assert not PinRequest.objects.exists()


def test_where_nobody_reads_messages_support_gets_a_task_and_the_old_pin_stays(anna, dirk):
    for account in (anna, dirk):
        ask_and_answer(account)
        assert has_old_pin(account)
    assert not SealedSecret.objects.exists()
    assert set(Message.objects.values_list("kind", flat=True)) == {"blocking:pin_asked"}
    assert set(Delivery.objects.values_list("template", flat=True)) == {"no_reader"}


def test_every_question_counts_for_its_source_whoever_it_is_about(anna, anja, settings):
    settings.PORTAL_SOURCE_LIMIT = "3/minute"
    for account in (anna.user_number, "99999999999999", anna.user_number):
        ask_for_pin(user_number=account, by=by(), at=NOON)
    for number in (anna.user_number, "99999999999999"):
        with pytest.raises(SourceThrottled):
            ask_for_pin(user_number=number, by=by(), at=NOON)


def test_it_is_in_the_log_whose_pin_was_asked_for_and_from_where(anna, anja):
    ask_and_answer(anna)
    for slug in ("account:pin:asked", "account:pin:issued"):
        event = AuditEvent.objects.filter(slug=slug).latest("id")
        assert (event.account, event.actor, event.source_address) == (anna, None, "192.0.2.1")


def test_an_empty_form_says_what_to_fill_in():
    page = Client().post("/pincode-vergeten/", {"user_number": ""})
    assert page.status_code == 200
    assert "Vul uw gebruikersnummer in" in page.content.decode()


def test_the_page_is_linked_where_people_look_for_it(anna):
    for address in ("/inloggen/", "/wachtwoord-vergeten/", "/hulp/geblokkeerd/"):
        assert 'href="/pincode-vergeten/"' in Client().get(address).content.decode()
