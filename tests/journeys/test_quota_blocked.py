"""More queries than a quota allows: what the page says about the way out, sentence by sentence."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.actors import PORTAL
from blocking.choices import BlockReason, CaseChannel
from blocking.models import Block, Probation, SupportCase
from blocking.services import Evidence, Quoted, open_block
from tests.journeys.support import DISAGREE

WAYS = [CaseChannel.PHONE, CaseChannel.EMAIL]


def over_the_quota(account, service) -> Block:
    """What the worker does when the gate saw a query too many."""
    evidence = Evidence(count=101, client="declaratiepakket")
    block = open_block(
        account, reason=BlockReason.QUOTA, service=service, by=PORTAL, at=timezone.now(), evidence=evidence
    )
    assert block is not None
    return block


@pytest.fixture
def block(anja, anna, a_service):
    return over_the_quota(anna, a_service)


@pytest.fixture
def support(at_screen, sanne):
    person = at_screen(sanne)
    person.signs_in()
    return person


def test_who_is_over_a_quota_is_told_to_get_in_touch(at_screen, block, anna):
    """Get in touch with us, it says to who is blocked for a quota; with a number to ring and an address to write to."""
    her = at_screen(anna)
    her.tries_password("vier woorden achter elkaar")
    her.is_kept_out()
    her.finds_the_way_to_support()
    her.sees_heading("Het quotum van een dienst is overschreden")


def test_the_contact_person_does_not_lift_a_quota_block(at_screen, anja, block):
    """The contact person of the organisation cannot lift this block: there is no button, and no address does it."""
    contact = at_screen(anja)
    contact.signs_in()
    contact.cannot_lift(block)
    assert Block.objects.open().filter(pk=block.pk).exists()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_message_says_how_it_is_lifted_and_asks_with_one_press(at_screen, support, anja, anna, block, scripts):
    """The contact person has had a message that says how the account is unblocked: one press, and Support does it."""
    contact = at_screen(anja, java_script_enabled=scripts)
    contact.signs_in()
    contact.reads_message("Quotum overschreden voor de dienst Controle op verzekering: Anna de Boer")
    contact.sees("u kunt deze blokkade niet zelf opheffen")
    contact.sees(anna.user_number)
    contact.sees(anna.organisation.agb_code)
    contact.asks_support()
    number = SupportCase.objects.get().number
    support.opens_work("1 open supportverzoek")
    support.follows(number)
    support.presses("In behandeling nemen")
    support.grants(is_quota=True)
    support.has_lifted_the_block_of(anna)
    contact.reads_message("Blokkade opgeheven: Anna de Boer")
    contact.sees(number)
    contact.sees(f"{Probation.objects.get().queries} bevragingen")


@pytest.mark.parametrize("way", WAYS)
def test_support_lifts_it_on_request_with_both_numbers(at_screen, support, anna, block, way):
    """On request by telephone or e-mail, quoting the AGB code and the user number, we unblock the account as well."""
    right = Quoted.of(anna)
    support.answers_the_telephone()
    support.writes_down("Rechtmatige gebruiker", way, Quoted("00000000", right.user_number))
    support.sees(DISAGREE)
    expect(support.control("Verzoek toekennen", role="link")).to_have_count(0)
    support.answers_the_telephone()
    support.writes_down("Rechtmatige gebruiker", way, right)
    support.rings_back()
    support.grants(is_quota=True)
    support.has_lifted_the_block_of(anna)
    at_screen(anna).signs_in()


@pytest.fixture
def blocked_software(anja, noord_software, a_service):
    return over_the_quota(noord_software, a_service)


def test_for_the_software_the_contact_person_asks(at_screen, support, anja, noord_software, blocked_software):
    """A system certificate is unblocked when the contact person of the organisation asks for it, and nobody else."""
    support.answers_the_telephone()
    support.writes_down("Rechtmatige gebruiker", CaseChannel.PHONE, Quoted.of(noord_software))
    support.sees("alleen opgeheven op verzoek van de contactpersoon")
    expect(support.control("Verzoek toekennen", role="link")).to_have_count(0)
    contact = at_screen(anja)
    contact.signs_in()
    support.types_code(contact.asks_for_a_code())
    support.sees("Anja Visser, contactpersoon")
    support.grants(is_quota=True)
    support.has_lifted_the_block_of(noord_software)


@pytest.mark.parametrize("way", WAYS)
def test_for_the_software_support_is_rung_or_written_to(support, noord_software, blocked_software, way):
    """For that one can phone our department of Support or write to it."""
    support.opens_block(blocked_software)
    support.lifts_on_request_of("Contactpersoon", way, noord_software, is_quota=True)
    support.has_lifted_the_block_of(noord_software)
    blocked_software.refresh_from_db()
    assert blocked_software.lift_channel == way


def test_for_the_software_its_own_number_is_quoted(support, anna, noord_software, blocked_software):
    """In that call or mail, the AGB code and the user number of the system certificate are quoted: no other will do."""
    right = Quoted.of(noord_software)
    support.opens_block(blocked_software)
    support.writes_down("Contactpersoon", CaseChannel.PHONE, Quoted(right.agb_code, anna.user_number))
    support.sees(DISAGREE)
    support.opens_block(blocked_software)
    support.lifts_on_request_of("Contactpersoon", CaseChannel.PHONE, noord_software, is_quota=True)
    support.has_lifted_the_block_of(noord_software)
