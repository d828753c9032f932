"""Whoever has number and PIN sets a password and installs a certificate; past an app or a card they get no further."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import AuditEvent
from certificates.models import Certificate
from certificates.services import make_ready
from tests.certificates.conftest import parsed
from tests.certificates.proxied import PROXY, browser_with
from tests.factories import PASSWORD, PIN
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR
from tests.second_factors import code_for, with_app

pytestmark = pytest.mark.django_db

CERTIFICATE = {"means": "certificate"}
STOLEN = "een heel ander wachtwoord 7"


@pytest.fixture(autouse=True, params=["first_factor", "second_factor"])
def _certificates_count(settings, request):
    settings.PORTAL_TRUSTED_PROXIES = PROXY
    settings.PORTAL_CERTIFICATE_SIGN_IN = request.param


def gives_password(browser, account, password=PASSWORD):
    return browser.post(SIGN_IN, {"user_number": account.user_number, "password": password})


def is_in(browser):
    return browser.get("/mijn-account/").status_code == 200


def test_the_thief_of_a_pin_meets_the_app(anna, install):
    with_app(anna)
    make_ready(anna, by=PORTAL, at=timezone.now())
    own = parsed(install(anna, ready=False))
    thief = browser_with(own)
    typed = {"user_number": anna.user_number, "pin": PIN, "new_password": STOLEN}
    assert thief.post("/wachtwoord-vergeten/", typed).status_code == 303
    assert gives_password(thief, anna, STOLEN)["Location"] == SIGN_IN_FACTOR
    answer = thief.post(SIGN_IN_FACTOR, CERTIFICATE)
    assert answer.status_code == 200
    assert "voor het eerst" in answer.text
    assert not is_in(thief)
    assert AuditEvent.objects.filter(slug="account:factor:failed").latest("pk").parameters["code"] == "not_vouched_for"


def test_beside_the_app_it_is_shown_once_and_counts_from_then_on(anna, install):
    with_app(anna)
    browser = browser_with(parsed(install(anna)))
    gives_password(browser, anna)
    assert browser.post(SIGN_IN_FACTOR, {"token": code_for(anna)}).status_code == 303
    assert Certificate.objects.get().vouched_at
    assert AuditEvent.objects.get(slug="account:certificate:vouched_for").account == anna
    browser.post("/uitloggen/")
    gives_password(browser, anna)
    browser.post(SIGN_IN_FACTOR, CERTIFICATE)
    assert is_in(browser)
    assert AuditEvent.objects.filter(slug="account:certificate:vouched_for").count() == 1


def test_confirming_with_the_app_does_it_too(anna, install):
    with_app(anna)
    browser = browser_with(parsed(install(anna)))
    browser.force_login(anna)
    browser.post("/bevestigen/", {"token": code_for(anna)})
    assert Certificate.objects.get().vouched_at


def test_a_colleagues_certificate_is_not_vouched_for(anna, anja, install):
    browser = browser_with(parsed(install(anja)))
    with_app(anna)
    gives_password(browser, anna)
    assert browser.post(SIGN_IN_FACTOR, {"token": code_for(anna)}).status_code == 303
    assert Certificate.objects.get().vouched_at is None


def test_a_renewed_one_is_shown_beside_the_app_again(anna, install):
    with_app(anna)
    install(anna)
    Certificate.objects.update(vouched_at=timezone.now())
    browser = browser_with(parsed(install(anna)))
    gives_password(browser, anna)
    assert browser.post(SIGN_IN_FACTOR, CERTIFICATE).status_code == 200
    assert not is_in(browser)


def test_who_has_nothing_else_comes_in_with_it_at_once(anna, install):
    browser = browser_with(parsed(install(anna)))
    gives_password(browser, anna)
    browser.post(SIGN_IN_FACTOR, CERTIFICATE)
    assert is_in(browser)
