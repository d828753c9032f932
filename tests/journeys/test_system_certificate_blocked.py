"""A PIN typed wrongly too often for the organisation's software: not the contact person's to lift."""

from __future__ import annotations

from django.utils import timezone
from playwright.sync_api import expect

from accounts.actors import PORTAL
from blocking.choices import BlockReason, CaseChannel
from blocking.services import Evidence, Quoted, open_block


def test_only_support_lifts_the_pin_block_of_a_system_account(at_screen, sanne, anja, noord_software):
    """A system certificate is unblocked by Support alone, and only when the contact person asks for it."""
    # The door that takes a system account's PIN comes with certificates; the block is what it will open.
    block = open_block(noord_software, reason=BlockReason.PIN, by=PORTAL, at=timezone.now(), evidence=Evidence(count=5))
    assert block is not None
    contact = at_screen(anja)
    contact.signs_in()
    contact.reads_message("Pincode geblokkeerd: Koppeling Noord")
    contact.sees("u kunt deze blokkade niet zelf opheffen")
    contact.sees(noord_software.user_number)
    expect(contact.page.get_by_role("link", name="opheffen")).to_have_count(0)
    expect(contact.page.locator("main").get_by_role("button", name="opheffen")).to_have_count(0)
    contact.goes_to(f"/gebruikersbeheer/blokkades/{block.public_id}/opheffen/")
    contact.sees("Een blokkade van een systeemaccount heft alleen Support op, op verzoek van de contactpersoon.")

    support = at_screen(sanne)
    support.signs_in()
    support.opens_block(block)
    support.writes_down("Rechtmatige gebruiker", CaseChannel.PHONE, Quoted.of(noord_software))
    support.sees("alleen opgeheven op verzoek van de contactpersoon")
    expect(support.control("Verzoek toekennen", role="link")).to_have_count(0)
    # The contact person comes to the telephone, and reads out a code.
    support.types_code(contact.asks_for_a_code())
    support.sees("De code klopt. De beller is gecontroleerd.")
    support.grants()
    support.has_lifted_the_block_of(noord_software)
