"""A contact person removes a user: the page asks, the press does it, and until it is final it can be undone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState, Means, Secret
from accounts.models import Account
from accounts.services import authorise, undo_removal
from blocking.choices import BlockReason, Door
from blocking.doors import DOORS, serves
from blocking.services import Typed, check_secret
from tests import factories
from tests.accounts.removing import gone, removed_by
from tests.desk.conftest import LIST, account_address, names_on, refusals, text_of
from tests.fixtures_signing_in import showed

pytestmark = pytest.mark.django_db


def removal_of(account):
    return f"{account_address(account)}verwijderen/"


def undoing_of(account):
    return f"{removal_of(account)}ongedaan-maken/"


def state_of(account):
    return Account.objects.get(pk=account.pk).state


def test_asking_says_who_what_goes_with_it_and_when_it_is_final(signed_in, anja, anna, a_service, settings):
    settings.PORTAL_REMOVAL_MINUTES = 12
    authorise(anna, service=a_service, by=PORTAL, at=timezone.now())
    factories.block(anna)
    page = text_of(signed_in(anja).get(removal_of(anna)))
    for told in (anna.name, anna.user_number, anna.email, "Na 12 minuten", a_service.name, "1 open blokkade", "e-mail"):
        assert told in page
    assert "contactpersoon en kan dat dan niet" not in page


def test_asking_about_a_colleague_says_that_the_mandate_goes(signed_in, anja, bram):
    assert "Bram Smit is contactpersoon" in text_of(signed_in(anja).get(removal_of(bram)))


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_never_removes(signed_in, anja, anna, method):
    browser = signed_in(anja)
    assert getattr(browser, method)(removal_of(anna)).status_code == 200
    assert browser.put(removal_of(anna)).status_code == 405
    assert state_of(anna) == AccountState.ACTIVE


def test_a_press_removes_and_the_page_offers_to_undo_it(signed_in, anja, anna):
    browser = signed_in(anja)
    answer = browser.post(removal_of(anna))
    assert (answer.status_code, answer["Location"]) == (303, account_address(anna))
    page = browser.get(answer["Location"])
    for told in ("wordt verwijderd", "Definitief vanaf", anja.name):
        assert told in text_of(page)
    assert undoing_of(anna) in page.text
    assert f'href="{removal_of(anna)}"' not in page.text


def test_a_press_puts_it_back(signed_in, anja, anna):
    browser = signed_in(anja)
    browser.post(removal_of(anna))
    assert "Status daarna Actief" in text_of(browser.get(undoing_of(anna)))
    answer = browser.post(undoing_of(anna))
    assert answer.status_code == 303
    assert "weer zoals het was" in text_of(browser.get(answer["Location"]))
    assert state_of(anna) == AccountState.ACTIVE


def test_a_second_press_is_told_that_it_was_done(signed_in, anja, bram, anna):
    signed_in(anja).post(removal_of(anna))
    for method in ("get", "post"):
        answer = getattr(signed_in(bram), method)(removal_of(anna))
        assert answer.status_code == 409
        assert "al verwijderd" in text_of(answer)


def test_after_the_moment_nothing_is_undone(signed_in, anja, anna):
    removed_by(anna, anja, at=timezone.now() - timedelta(minutes=31))
    browser = signed_in(anja)
    page = browser.get(account_address(anna))
    assert undoing_of(anna) not in page.text
    assert "voorbij" in text_of(page)
    for method in ("get", "post"):
        assert getattr(browser, method)(undoing_of(anna)).status_code == 409
    assert state_of(anna) == AccountState.REMOVAL_PENDING


def test_who_is_gone_is_found_among_the_removed_only(signed_in, anja, anna):
    gone(anna, anja)
    browser = signed_in(anja)
    assert anna.name not in names_on(browser.get(LIST))
    assert anna.name in names_on(browser.get(f"{LIST}?status=removed"))
    page = text_of(browser.get(account_address(anna)))
    assert "definitief verwijderd" in page
    assert browser.post(removal_of(anna)).status_code == 409


@pytest.mark.parametrize("method", ["get", "post"])
class TestRefused:
    def refused(self, browser, method, address, account, code, *, slug="account:removal:refused", status=403):
        before = state_of(account)
        page = getattr(browser, method)(address)
        assert page.status_code == status
        assert state_of(account) == before
        event = refusals(slug)[-1]
        assert (event.account, event.parameters) == (account, {"code": code})
        return text_of(page)

    def test_ones_own_account(self, signed_in, anja, bram, method):
        page = self.refused(signed_in(anja), method, removal_of(anja), anja, "own_account_stays")
        assert "Een andere contactpersoon" in page

    def test_the_software(self, signed_in, anja, noord_software, method):
        page = self.refused(signed_in(anja), method, removal_of(noord_software), noord_software, "only_support_removes")
        assert "alleen Support" in page

    def test_chris_sees_nobody_of_noord(self, signed_in, chris, anja, anna, method):
        elsewhere = {"slug": "account:page:refused", "status": 404}
        self.refused(signed_in(chris), method, removal_of(anna), anna, "not_your_organisation", **elsewhere)
        removed_by(anna, anja)
        self.refused(signed_in(chris), method, undoing_of(anna), anna, "not_your_organisation", **elsewhere)

    def test_undoing_what_nobody_removed(self, signed_in, anja, anna, method):
        slug = "account:removal_undo:refused"
        self.refused(signed_in(anja), method, undoing_of(anna), anna, "no_removal_pending", slug=slug, status=409)


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_asks_a_second_factor_shown_shortly_before(signed_in, anja, anna, method):
    browser = signed_in(anja)
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE, at=factories.a_moment_ago(minutes=16))
    answer = getattr(browser, method)(removal_of(anna))
    assert answer["Location"].startswith(f"/bevestigen/?next={removal_of(anna)}")
    assert state_of(anna) == AccountState.ACTIVE


def test_a_press_without_the_forms_token_removes_nobody(anja, anna):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anja)
    assert browser.post(removal_of(anna)).status_code == 403
    assert state_of(anna) == AccountState.ACTIVE


def test_who_may_not_has_no_button(signed_in, anja, noord_software):
    browser = signed_in(anja)
    for account, says in ((anja, "een andere contactpersoon"), (noord_software, "Dat doet Support")):
        page = browser.get(account_address(account))
        assert removal_of(account) not in page.text
        assert says in text_of(page)


@pytest.mark.parametrize("door", [door for door in Door if serves(door, kind="personal", state="active")])
def test_no_door_takes_a_secret_of_somebody_who_is_being_removed(anja, anna, door):
    entered = factories.PIN if DOORS[door].secret == Secret.PIN else factories.PASSWORD
    right = Typed(door, anna.user_number, entered)
    assert check_secret(right, by=factories.by(), at=timezone.now()) == anna
    removed_by(anna, anja)
    assert check_secret(right, by=factories.by(), at=timezone.now()) is None
    undo_removal(anna, by=factories.by(anja), at=timezone.now())
    assert check_secret(right, by=factories.by(), at=timezone.now()) == anna


def test_a_removed_account_cannot_be_told_from_an_unknown_one(anja, anna):
    factories.block(anna, BlockReason.PIN)
    gone(anna, anja)
    typed = {"password": factories.PASSWORD}
    of_removed = Client().post("/inloggen/", typed | {"user_number": anna.user_number})
    unknown = "1" + "0" * 13
    of_nobody = Client().post("/inloggen/", typed | {"user_number": unknown})
    assert of_removed.status_code == of_nobody.status_code == 200
    assert text_of(of_removed).replace(anna.user_number, unknown) == text_of(of_nobody)
