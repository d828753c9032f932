"""Linking a second factor at the first sign-in, and using it: with an app, on paper, and with a passkey."""

from __future__ import annotations

from base64 import b32decode
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.choices import MandateRank
from accounts.models import Passkey, Session
from accounts.policy.factors import code_of_step, step_at
from accounts.sessions import SessionStore
from blocking.choices import BlockReason
from tests import factories
from tests.factories import PASSWORD
from tests.journeys.test_first_story import WAYS
from tests.second_factors import with_recovery_codes

LINK = "/mijn-account/tweede-factor/"


@pytest.fixture
def newcomer(noord):
    person = factories.account(noord, "Nieuw Contact")
    factories.mandate(person, MandateRank.SECOND)
    return person


def key_on(page: Page) -> bytes:
    """As somebody types it over who cannot scan."""
    shown = page.locator("details .vp-number").text_content() or ""
    return b32decode(shown.replace(" ", ""))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_new_contact_person_links_an_app_keeps_the_codes_and_starts_to_work(at_screen, newcomer, way):
    person = at_screen(newcomer, **way)
    person.tries_password(PASSWORD)
    person.sees_heading("Koppel uw tweede factor")
    person.hands.write(person.field("Code uit uw app"), "000000")
    person.presses("Koppelen")
    person.sees("Deze code klopt niet.")
    person.hands.write(person.field("Code uit uw app"), code_of_step(key_on(person.page), step_at(timezone.now())))
    person.presses("Koppelen")
    person.sees_heading("Bewaar uw herstelcodes")
    expect(person.page.locator(".vp-codes li")).to_have_count(10)
    person.presses("Ik heb de codes bewaard")
    person.goes_to("/gebruikersbeheer/")
    person.sees("0 van 1 gebruiker geblokkeerd")


def test_without_the_phone_a_recovery_code_lets_in(at_screen, anja):
    codes = with_recovery_codes(anja)
    contact = at_screen(anja)
    contact.tries_password(PASSWORD)
    contact.follows("Ik gebruik een herstelcode")
    contact.hands.write(contact.field("Herstelcode"), codes[0])
    contact.presses("Inloggen")
    contact.goes_to(LINK)
    contact.sees("Nog over")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_act_that_matters_asks_again_and_goes_on_where_one_was(at_screen, anja, anna, way):
    factories.block(anna)
    contact = at_screen(anja, **way)
    contact.signs_in()
    _showed_it_long_ago()
    contact.asks_to_lift(anna, BlockReason.PASSWORD, in_a_dialog=False)
    contact.sees_heading("Bevestig dat u het bent")
    contact.shows_code("Bevestigen")
    contact.sees_heading(f"Blokkade van {anna.name} opheffen?")
    contact.hands.choose(contact.field("Vergeten"))
    contact.presses("Blokkade opheffen")
    contact.has_lifted(anna)


def test_what_was_chosen_waits_while_one_confirms(at_screen, anja, anna):
    factories.block(anna)
    contact = at_screen(anja)
    contact.signs_in()
    contact.asks_to_lift(anna, BlockReason.PASSWORD, in_a_dialog=False)
    contact.hands.choose(contact.field("Caps Lock of Num Lock"))
    _showed_it_long_ago()
    contact.presses("Blokkade opheffen")
    contact.sees("Er is nog niets gedaan.")
    contact.shows_code("Bevestigen")
    expect(contact.field("Caps Lock of Num Lock")).to_be_checked()
    contact.presses("Blokkade opheffen")
    contact.has_lifted(anna)


def _showed_it_long_ago() -> None:
    """Every session of this test: its second factor was shown an hour ago."""
    long_ago = (timezone.now() - timedelta(hours=1)).isoformat()
    for session in Session.objects.all():
        held = SessionStore().decode(session.session_data)
        held["proofs"] = [proof | {"at": long_ago} for proof in held.get("proofs", [])]
        session.session_data = SessionStore().encode(held)
        session.save()


def test_a_passkey_is_made_and_signs_in(at_screen, start_portal, anja):
    """Browsers make passkeys for names only, so the portal is asked for by its name."""
    portal = start_portal(workers=1, threads=4)
    address = f"http://localhost:{portal.port}"
    portal.env["PORTAL_PUBLIC_URL"] = address
    portal.restart()
    contact = at_screen(anja)
    _with_an_authenticator(contact.page)
    contact.goes_to(f"{address}/inloggen/")
    contact.signs_in()
    contact.goes_to(f"{address}{LINK}passkeys/nieuw/")
    contact.hands.write(contact.field("Hoe noemt u deze passkey?"), "Laptop van kantoor")
    contact.presses("Passkey maken")
    contact.sees("De passkey «Laptop van kantoor» is toegevoegd.")
    contact.presses("Uitloggen")
    contact.tries_password(PASSWORD)
    contact.follows("Ik gebruik een passkey")
    contact.presses("Passkey gebruiken")
    expect(contact.control("Uitloggen")).to_be_visible()
    assert Passkey.objects.get(account=anja).last_used_at is not None


def _with_an_authenticator(page: Page) -> None:
    """A laptop that knows its owner, by the browser's own virtual authenticator."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
