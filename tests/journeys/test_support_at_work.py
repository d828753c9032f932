"""Support's own day: what waits comes first, everything can be done without a mouse, also on a narrow screen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blocking.choices import BlockReason, LiftChannel
from blocking.models import Block, Tally
from blocking.services import open_block
from tests import factories
from tests.journeys.hands import Keyboard

WIDTHS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture(params=WIDTHS)
def support(at_screen: Any, sanne: Any, request: pytest.FixtureRequest) -> Any:
    """With a keyboard alone."""
    person = at_screen(sanne, hands=Keyboard(), viewport=WIDTHS[request.param])
    person.signs_in()
    return person


def test_from_the_work_to_a_lifted_quota_block(support, anja, anna, a_service):
    """Wrong entries on the way are told above and at their fields; what was typed stays."""
    block = factories.block(anna, BlockReason.QUOTA, service=a_service)
    support.opens_work("1 open blokkade")
    support.follows("Anna de Boer")
    support.follows("Blokkade opheffen")
    support.sees("Meer bevragingen van Controle op verzekering dan het quotum toestaat")
    support.presses("Blokkade opheffen")
    support.sees_heading("De blokkade is niet opgeheven")
    support.fills_in("AGB-code", "1234")
    support.lifts_on_request_of("Contactpersoon", LiftChannel.PHONE)
    support.sees("Een AGB-code heeft 8 cijfers.")
    support.still_has("Toelichting", "teruggebeld op het nummer van de praktijk")
    support.hands.press(support.page.get_by_role("link", name="Een AGB-code heeft 8 cijfers."))
    support.is_brought_to("AGB-code")
    support.fills_in("AGB-code", "99999999")
    support.fills_in("Gebruikersnummer", anna.user_number)
    support.presses("Blokkade opheffen")
    support.sees("De AGB-code en het gebruikersnummer die de beller noemt, horen niet bij dit account.")
    support.fills_in("AGB-code", anna.organisation.agb_code)
    support.presses("Blokkade opheffen")
    support.sees("De blokkade van Anna de Boer is opgeheven.")
    assert not Block.objects.open().filter(pk=block.pk).exists()
    support.opens_work("0 open blokkades")
    support.sees("Niets gevonden")


def test_a_block_that_a_colleague_just_lifted_says_so(support, anja, anna):
    block = factories.block(anna)
    support.opens_block(block)
    Block.objects.filter(pk=block.pk).update(
        lifted_at=timezone.now(), lifted_by=anja, lift_channel=LiftChannel.USER_ADMINISTRATION
    )
    support.lifts_on_request_of("Contactpersoon", LiftChannel.PHONE)
    support.sees_heading("Deze blokkade is al opgeheven")
    support.sees("Anja Visser")
    support.follows("Terug naar de blokkade")
    expect(support.page.get_by_role("link", name="Blokkade opheffen")).to_have_count(0)


def test_why_somebody_cannot_get_in_and_what_happened_before(support, anna):
    Tally.objects.create(account=anna, secret="password", wrong=100, taken=100, voided_at=timezone.now())
    factories.block(anna)
    support.opens_work("1 account met een vervallen wachtwoord of pincode")
    support.follows("Anna de Boer")
    support.sees("een nieuw wachtwoord met de pincode")
    support.follows("Logboek")
    support.sees("Account aangemaakt.")
    support.page.go_back()
    support.follows("Blokkades")
    support.follows("Anna de Boer")
    support.follows(re.compile("^Zorggroep Noord"))
    support.follows("Accounts")
    support.sees("Wachtwoord vervallen")


def test_lifting_without_scripts(at_screen, sanne, anna):
    """The summary and its links are there without any script."""
    block = factories.block(anna)
    person = at_screen(sanne, java_script_enabled=False)
    person.signs_in()
    person.opens_block(block)
    person.presses("Blokkade opheffen")
    person.sees("Kies op wiens verzoek u deze blokkade opheft.")
    person.lifts_on_request_of("Contactpersoon", LiftChannel.EMAIL)
    person.sees("De blokkade van Anna de Boer is opgeheven.")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "address",
    [
        "accounts/organisation/",
        "accounts/mandate/",
        "accounts/service/",
        "accounts/auditevent/",
        "messagebox/message/",
        "messagebox/delivery/",
    ],
)
def test_every_list_and_a_page_of_it_is_sound(at_screen, sanne, anja, anna, a_service, address, width):
    """Axe and the width are looked at on each."""
    open_block(anna, reason=BlockReason.SUPPORT, by=factories.by(sanne), at=timezone.now())
    person = at_screen(sanne, viewport=WIDTHS[width])
    person.signs_in()
    person.goes_to(f"/beheer/{address}")
    with person.page.expect_navigation():
        person.page.locator("#result_list tbody th a").first.click()
    person.looks_around()
