"""Whoever takes their account back keeps no browser of an intruder known: only the one in front of them, if any."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import IdentityCheck
from accounts.models import AuditEvent
from accounts.services import reset_factors
from blocking.models import KnownBrowser
from tests.blocking.browsers import enter, enter_pin, signed_out
from tests.factories import PASSWORD, PIN, by
from tests.fixtures_signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

NEW_PASSWORD = "vier-nieuwe-woorden-hier"


@pytest.fixture
def intruder(anna, known):
    """Another browser that Anna's account knows beside her own."""
    browser = Client()
    assert enter(anna, PASSWORD, browser)
    assert KnownBrowser.objects.filter(account=anna).count() == 2
    return signed_out(browser)


def known_names(account):
    return set(KnownBrowser.objects.filter(account=account).values_list("public_id", flat=True))


def test_an_own_new_password_leaves_this_browser_alone_known(anna, known, intruder):
    assert enter(anna, PASSWORD, known)
    here = KnownBrowser.objects.filter(account=anna).latest("last_seen_at")
    known.post("/mijn-account/wachtwoord/", {"password": PASSWORD, "new_password": NEW_PASSWORD})
    assert known_names(anna) == {here.public_id}
    assert AuditEvent.objects.filter(slug="account:other_browsers:forgotten", account=anna).count() == 1


def test_a_forgotten_password_chosen_on_a_known_browser_leaves_that_one(anna, known, intruder):
    assert enter_pin(anna, PIN, known)
    assert KnownBrowser.objects.filter(account=anna).count() == 1


def test_a_forgotten_password_chosen_elsewhere_leaves_none(anna, intruder):
    assert enter_pin(anna, PIN, Client())
    assert not known_names(anna)


def test_leaving_everywhere_leaves_this_browser_alone_known(anna, known, intruder):
    assert enter(anna, PASSWORD, known)
    here = KnownBrowser.objects.filter(account=anna).latest("last_seen_at")
    known.post("/mijn-account/sessies/overal-uitloggen/")
    assert known_names(anna) == {here.public_id}


def test_what_support_takes_away_takes_every_browser_with_it(anja, sanne):
    sign_in(anja)
    assert known_names(anja)
    reset_factors(anja, check=IdentityCheck.CALL_BACK, reason="Telefoon kwijt", by=by(sanne), at=timezone.now())
    assert not known_names(anja)


def test_of_nobody_else_is_a_browser_forgotten(anna, chris, known, intruder):
    sign_in(chris)
    assert enter_pin(anna, PIN, Client())
    assert known_names(chris)
