"""Who linked a UZI card and has no app shows the card: the password alone lets nobody in, nor link an app."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import IdentityCheck, MandateRank
from accounts.models import AuditEvent, OneTimeCodeDevice
from accounts.services import reset_factors
from certificates.models import Certificate, UziCard
from certificates.services import link_card
from tests import factories
from tests.certificates.conftest import as_pem, parsed
from tests.certificates.proxied import PROXY, browser_with
from tests.certificates.uzi_cards import UziAuthority
from tests.factories import PASSWORD, by
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR
from tests.gate.client_certificates import Shown
from tests.second_factors import code_for, with_app

pytestmark = pytest.mark.django_db

REGISTER = UziAuthority()


@pytest.fixture(autouse=True)
def _cards_count(settings, tmp_path):
    path = tmp_path / "uzi.pem"
    path.write_bytes(as_pem(REGISTER.certificate))
    settings.PORTAL_TRUSTED_PROXIES = PROXY
    settings.PORTAL_CERTIFICATE_SIGN_IN = "second_factor"
    settings.PORTAL_UZI_AUTHORITIES = path


@pytest.fixture
def carded(anna):
    link_card(anna, shown=Shown(REGISTER.issues()).rfc9440, by=PORTAL, at=timezone.now())
    return anna


def gives_password(browser, account):
    return browser.post(SIGN_IN, {"user_number": account.user_number, "password": PASSWORD})


def is_in(browser):
    return browser.get("/mijn-account/").status_code == 200


@pytest.mark.parametrize("is_contact_person", [False, True])
def test_the_password_alone_is_not_enough(carded, is_contact_person):
    if is_contact_person:
        factories.mandate(carded, MandateRank.SECOND)
    thief = browser_with(None)
    gives_password(thief, carded)
    assert thief.get(SIGN_IN_FACTOR)["Location"] == SIGN_IN
    assert "UZI-pas of een certificaat" in thief.get(SIGN_IN).text
    assert not is_in(thief)
    thief.post("/mijn-account/tweede-factor/", {"token": "123456"})
    assert not OneTimeCodeDevice.objects.exists()
    assert AuditEvent.objects.get(slug="account:sign_in:refused").parameters["code"] == "certificate_missing"


def test_with_the_card_one_comes_in(carded):
    browser = browser_with(REGISTER.issues())
    assert gives_password(browser, carded)["Location"] == SIGN_IN_FACTOR
    assert browser.post(SIGN_IN_FACTOR, {"means": "certificate"})["Location"] == "/"
    assert is_in(browser)


def test_who_has_an_app_beside_it_shows_either(carded):
    with_app(carded)
    browser = browser_with(None)
    gives_password(browser, carded)
    assert browser.post(SIGN_IN_FACTOR, {"token": code_for(carded)}).status_code == 303
    assert is_in(browser)


def test_a_certificate_by_pin_does_not_stand_in_for_it(carded, install):
    thief = browser_with(parsed(install(carded)))
    gives_password(thief, carded)
    assert thief.post(SIGN_IN_FACTOR, {"means": "certificate"}).status_code == 200
    assert not is_in(thief)
    assert Certificate.objects.get().vouched_at is None


@pytest.mark.parametrize(("name", "value"), [("PORTAL_UZI_AUTHORITIES", None), ("PORTAL_CERTIFICATE_SIGN_IN", "off")])
def test_where_cards_are_no_longer_taken_none_is_asked(settings, carded, name, value):
    setattr(settings, name, value)
    browser = browser_with(None)
    gives_password(browser, carded)
    assert is_in(browser)


def test_support_takes_away_a_card_that_was_lost(carded, sanne):
    browser = browser_with(None)
    browser.force_login(sanne)
    address = reverse("admin:accounts_account_reset_factors", args=[carded.pk])
    assert address in browser.get(reverse("admin:accounts_account_change", args=[carded.pk])).text
    assert browser.get(address).status_code == 200
    reset_factors(carded, check=IdentityCheck.CALL_BACK, reason="pas kwijt", by=by(sanne), at=timezone.now())
    assert not UziCard.objects.exists()
    alone = browser_with(None)
    gives_password(alone, carded)
    assert is_in(alone)
