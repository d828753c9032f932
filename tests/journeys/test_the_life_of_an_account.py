"""The whole life of an account, as the people see it: from the first question to the last page that is not there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, AuditEvent
from accounts.services import finish_removals
from blocking.choices import BlockReason
from messagebox.models import SealedSecret
from tests.desk.conftest import account_address
from tests.factories import WRONG_PASSWORD
from tests.journeys.doors import NEW_PASSWORD
from tests.journeys.own_account import MY_ACCOUNT
from tests.journeys.post import words_of
from vecozo_portal.processes.waiting import wait_until

PATIENCE_SECONDS = 30.0
NADIA = "Nadia Bouzid"
FIRST_PASSWORD = "zeven kleine geiten thuis"
# What happened, in the order in which it did.
IN_THE_LOG = (
    "account:account:requested",
    "account:account:issued",
    "account:pin:revealed",
    "account:account:activated",
    "account:block:opened",
    "account:block:lifted",
    "account:password:changed",
    "account:pin:issued",
    "account:pin:revealed",
    "account:pin:asked",
    "account:pin:revealed",
    "account:authorisation:withdrawn",
    "account:removal:asked",
    "account:removal:undone",
    "account:removal:asked",
    "account:account:removed",
)


@pytest.fixture
def contact(at_screen, anja):
    """Anja, at work."""
    person = at_screen(anja)
    person.signs_in()
    return person


@pytest.fixture
def begins(at_screen, contact, post, anja, a_service):
    """Nadia behind a browser of her own, with the number from the mail and the PIN from the box."""

    def begun():
        contact.asks_for_account(NADIA, "nadia@voorbeeld.test", a_service.name)
        mail = words_of(post.to(anja, "Gebruikersnummer van een nieuwe gebruiker"))
        [number] = re.findall(r"\d{4} \d{4} \d{4} \d{2}", mail)
        pin = contact.looks_at_pin(f"Pincode voor {NADIA}")
        assert pin not in mail
        contact.opens_newest(f"Pincode voor {NADIA}")
        contact.sees("De pincode is bekeken door Anja Visser")
        assert pin not in contact.page.content()
        return at_screen(Account.objects.get(user_number=number.replace(" ", ""))), pin

    return begun


def test_the_whole_life(begins, contact, a_service):
    her, pin = begins()
    her.activates(pin, FIRST_PASSWORD)
    her.sees(NADIA)
    her.presses("Uitloggen")
    her.signs_in(FIRST_PASSWORD)
    her.presses("Uitloggen")
    is_blocked_and_let_in_again(her, contact)
    forgets_the_password(her, pin)
    pin = forgets_the_pin(her, contact, pin)
    loses_a_service(her, contact, a_service)
    is_removed_and_put_back(her, contact)
    is_gone_for_good(her, contact, pin)


def is_blocked_and_let_in_again(her, contact):
    her.types_wrong_passwords(4, WRONG_PASSWORD)
    for password in (WRONG_PASSWORD, FIRST_PASSWORD):
        her.tries_password(password)
        her.sees_heading("Uw account is geblokkeerd")
    contact.lifts(her.account, BlockReason.PASSWORD)
    contact.has_lifted(her.account)
    her.signs_in(FIRST_PASSWORD)
    her.presses("Uitloggen")


def forgets_the_password(her, pin):
    her.tries_pin(pin, NEW_PASSWORD)
    her.has_changed_the_password()
    her.tries_password(FIRST_PASSWORD)
    her.is_kept_out()


def forgets_the_pin(her, contact, first):
    """The contact person gives a new one, and later she asks for one herself; each makes the last one worthless."""
    contact.goes_to(account_address(her.account))
    contact.gives_new_pin(NADIA)
    second = contact.looks_at_pin(f"Nieuwe pincode voor {NADIA}")
    her.forgot_the_pin()
    assert wait_until(lambda: SealedSecret.objects.waiting().exists(), PATIENCE_SECONDS)
    third = contact.looks_at_pin(f"Nieuwe pincode voor {NADIA}")
    assert len({first, second, third}) == 3
    for worthless in (first, second):
        her.tries_pin(worthless, "weer een ander wachtwoord")
        her.is_refused_the_pin()
    return third


def loses_a_service(her, contact, service):
    contact.goes_to(account_address(her.account))
    contact.sees(service.name)
    contact.follows("Autorisaties wijzigen")
    contact.page.get_by_label(service.name).uncheck()
    contact.presses("Opslaan")
    contact.sees("Dit account mag nog geen diensten gebruiken.")


def is_removed_and_put_back(her, contact):
    her.signs_in(NEW_PASSWORD)
    removes(contact)
    her.is_sent_to_sign_in()
    her.tries_password(NEW_PASSWORD)
    her.is_kept_out()
    contact.follows(re.compile("^Ongedaan maken"))
    contact.presses("Ongedaan maken")
    contact.sees(f"Het account van {NADIA} is weer zoals het was.")
    her.signs_in(NEW_PASSWORD)


def removes(contact):
    contact.follows("Account verwijderen")
    contact.presses("Account verwijderen")
    contact.sees(f"Het account van {NADIA} wordt verwijderd.")


def is_gone_for_good(her, contact, pin):
    """Half an hour later: every door is shut, and what happened is still told."""
    removes(contact)
    assert finish_removals(at=timezone.now() + timedelta(minutes=30)) == 1
    her.goes_to(MY_ACCOUNT)
    her.sees_heading("U bent uitgelogd")
    her.tries_password(NEW_PASSWORD)
    her.is_kept_out()
    her.tries_pin(pin)
    her.is_refused_the_pin()
    her.activates(pin, NEW_PASSWORD)
    her.is_refused_to_activate()
    contact.goes_to(account_address(her.account))
    contact.sees("Account definitief verwijderd")
    in_order = iter(AuditEvent.objects.filter(account=her.account).order_by("pk").values_list("slug", flat=True))
    assert [slug for slug in IN_THE_LOG if slug not in in_order] == []
