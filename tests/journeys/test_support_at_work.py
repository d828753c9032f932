"""Support's own day: what waits comes first, everything can be done without a mouse, also on a narrow screen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blocking.choices import BlockReason, CaseChannel
from blocking.models import Block, SupportCase, Tally
from blocking.services import Quoted, open_block, take_case
from tests import factories
from tests.cases import a_case
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
    support.follows("Supportverzoek voor deze blokkade")
    support.sees("Meer bevragingen van Controle op verzekering dan het quotum toestaat")
    support.presses("Verzoek vastleggen")
    support.sees_heading("Het verzoek is niet vastgelegd")
    support.writes_down("Contactpersoon", CaseChannel.PHONE, Quoted("1234", anna.user_number))
    support.sees("Een AGB-code heeft 8 cijfers.")
    support.still_has("Naam van de beller", "Anja Visser")
    support.hands.press(support.page.get_by_role("link", name="Een AGB-code heeft 8 cijfers."))
    support.is_brought_to("AGB-code")
    support.fills_in("AGB-code", anna.organisation.agb_code)
    support.presses("Verzoek vastleggen")
    support.rings_back()
    support.grants(is_quota=True)
    support.has_lifted_the_block_of(anna)
    assert not Block.objects.open().filter(pk=block.pk).exists()
    support.opens_work("0 open blokkades")
    support.sees("Niets gevonden")


def test_what_a_colleague_decided_meanwhile_says_so(support, teun, anja, anna):
    block = factories.block(anna)
    support.opens_block(block)
    support.writes_down("Contactpersoon", CaseChannel.PHONE, Quoted.of(anna))
    support.rings_back()
    support.follows("Verzoek toekennen")
    case = SupportCase.objects.get()
    take_case(case, by=factories.by(teun), at=timezone.now(), seen=case.as_seen, reason="Sanne is naar huis")
    support.grants()
    support.sees_heading("Dit kan nu niet")
    support.sees("Dit verzoek is intussen gewijzigd.")
    support.follows("Terug naar het verzoek")
    support.sees_heading(re.compile("Teun Support behandelt dit verzoek"))
    expect(support.page.get_by_role("link", name="Verzoek toekennen")).to_have_count(0)
    support.follows("Verzoek overnemen")
    support.fills_in("Waarom neemt u het over", "de beller hangt nog aan de lijn")
    support.presses("In behandeling nemen")
    support.grants()
    support.has_lifted_the_block_of(anna)


def test_support_blocks_an_account_and_a_case_lifts_it(support, anna):
    support.goes_to(f"/beheer/accounts/account/{anna.pk}/change/")
    support.follows("Account blokkeren")
    support.fills_in("Waarom blokkeert u dit account", "sleutel kwijt")
    support.presses("Account blokkeren")
    support.sees("Anna de Boer is geblokkeerd en overal uitgelogd.")
    support.follows("Supportverzoek voor deze blokkade")
    support.hands.pick(support.page.get_by_label("Wie is de beller?"), "Niemand: Support zelf")
    support.presses("Verzoek vastleggen")
    support.sees("Niemand vraagt hierom: Support beslist zelf.")
    support.follows("Verzoek toekennen")
    support.fills_in("Waarom kent u het toe", "sleutel gevonden")
    support.presses("Toekennen en blokkade opheffen")
    support.has_lifted_the_block_of(anna)


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
    person.presses("Verzoek vastleggen")
    person.sees("Kies op wiens verzoek u deze blokkade opheft.")
    person.lifts_on_request_of("Contactpersoon", CaseChannel.EMAIL, anna)
    person.has_lifted_the_block_of(anna)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "address",
    [
        "accounts/organisation/",
        "accounts/mandate/",
        "accounts/service/",
        "accounts/auditevent/",
        "blocking/supportcase/",
        "messagebox/message/",
        "messagebox/delivery/",
    ],
)
def test_every_list_and_a_page_of_it_is_sound(at_screen, sanne, anja, anna, a_service, address, width):
    """Axe and the width are looked at on each."""
    block = open_block(anna, reason=BlockReason.SUPPORT, by=factories.by(sanne), at=timezone.now())
    assert block
    a_case(block, sanne)
    person = at_screen(sanne, viewport=WIDTHS[width])
    person.signs_in()
    person.goes_to(f"/beheer/{address}")
    with person.page.expect_navigation():
        person.page.locator("#result_list tbody th a").first.click()
    person.looks_around()
