"""Who signs in with a certificate and has no app shows it: the password alone links no stranger's app."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import IdentityCheck, MandateRank
from accounts.models import OneTimeCodeDevice
from accounts.services import reset_factors
from certificates.choices import RevocationReason
from certificates.models import Certificate
from certificates.services import revoke_certificate
from tests import factories
from tests.certificates.conftest import kept, parsed
from tests.certificates.proxied import PROXY, browser_with
from tests.factories import PASSWORD, by
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR

pytestmark = pytest.mark.django_db

LINKING = "/mijn-account/tweede-factor/"


@pytest.fixture(autouse=True, params=["first_factor", "second_factor"])
def _certificates_count(settings, request):
    settings.PORTAL_TRUSTED_PROXIES = PROXY
    settings.PORTAL_CERTIFICATE_SIGN_IN = request.param


def gives_password(browser, account):
    return browser.post(SIGN_IN, {"user_number": account.user_number, "password": PASSWORD})


def signs_in(account, certificate):
    browser = browser_with(certificate)
    if gives_password(browser, account)["Location"] == SIGN_IN_FACTOR:
        browser.post(SIGN_IN_FACTOR, {"means": "certificate"})
    return browser


def is_in(browser):
    return browser.get("/mijn-account/").status_code == 200


@pytest.fixture
def own(anna, install):
    """Anna is contact person, and came in with it."""
    factories.mandate(anna, MandateRank.SECOND)
    handed = install(anna)
    assert is_in(signs_in(anna, parsed(handed)))
    return handed


def test_whoever_has_the_password_alone_links_nothing(anna, own):
    thief = browser_with(None)
    gives_password(thief, anna)
    assert thief.get(SIGN_IN_FACTOR)["Location"] == SIGN_IN
    assert thief.get(LINKING)["Location"].startswith(SIGN_IN)
    assert not is_in(thief)
    assert not OneTimeCodeDevice.objects.exists()


def test_its_holder_comes_in_and_reads_it_on_the_own_page(anna, own):
    assert "Uw UZI-pas of certificaat" in signs_in(anna, parsed(own)).get("/mijn-account/").text


@pytest.mark.parametrize("over", ["revoked", "expired"])
def test_once_it_is_over_an_app_is_linked_instead(anna, own, over):
    if over == "revoked":
        revoke_certificate(kept(own), by=PORTAL, at=timezone.now(), reason=RevocationReason.KEY_COMPROMISE)
    else:
        Certificate.objects.update(
            valid_from=timezone.now() - timedelta(days=9), valid_until=timezone.now() - timedelta(days=1)
        )
    assert gives_password(browser_with(None), anna)["Location"] == LINKING


def test_support_takes_away_what_was_lost(anna, own, sanne):
    reset_factors(anna, check=IdentityCheck.CALL_BACK, reason="laptop kwijt", by=by(sanne), at=timezone.now())
    assert gives_password(browser_with(None), anna)["Location"] == LINKING


def test_one_that_never_was_a_factor_is_not_asked(anna, install):
    install(anna)
    browser = browser_with(None)
    gives_password(browser, anna)
    assert is_in(browser)
