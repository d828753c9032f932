"""In the demo accounts wait to be activated, and to be decided on: whoever tries it can do both."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import AccountState
from accounts.models import Account
from blocking.models import AccountRequest
from blocking.services import tend_issued_accounts
from messagebox.models import SealedSecret
from vecozo_portal.demo.cast import CAST

pytestmark = pytest.mark.django_db


def called(name):
    return Account.objects.get(user_number=next(person.user_number for person in CAST if person.name == name))


def test_anja_reads_a_pin_and_with_it_the_account_is_activated(demo):
    anja, wouter = called("Anja Visser"), called("Wouter Peeters")
    browser = Client()
    browser.force_login(anja)
    message = SealedSecret.objects.waiting().get(message__about=wouter).message
    assert f"/berichtenbox/{message.public_id}/" in browser.get("/berichtenbox/").content.decode()
    page = browser.post(f"/berichtenbox/{message.public_id}/toon-pincode/").content.decode()
    (pin,) = re.findall(r'<strong class="vp-number vp-nowrap">([^<]+)<', page)
    typed = {"user_number": wouter.user_number, "pin": pin, "new_password": "zeven kleine geiten thuis"}
    assert Client().post("/activeren/", typed).status_code == 303
    assert called("Wouter Peeters").state == AccountState.ACTIVE


def test_who_is_asked_for_waits_for_a_decision(demo):
    waiting = Account.objects.filter(state=AccountState.REQUESTED)
    assert set(AccountRequest.objects.undecided().values_list("account", flat=True)) == {each.pk for each in waiting}


def test_the_demo_is_not_cleared_away_the_next_morning(demo):
    assert tend_issued_accounts(at=timezone.now()) == (0, 0)
