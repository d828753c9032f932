"""Lifting many blocks with one reason, in all the ways somebody may sit there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from blocking.choices import BlockReason
from tests import factories
from tests.journeys.test_first_story import WAYS


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_two_blocks_are_chosen_asked_about_and_lifted(at_screen, anja, anna, noord, way):
    """One is blocked twice: that stays, and is said before and after."""
    karel = factories.account(noord, "Karel Kok")
    factories.block(anna)
    factories.block(karel, BlockReason.PIN)
    factories.block(karel, BlockReason.SUPPORT)
    contact = at_screen(anja, **way)
    contact.signs_in()
    contact.ticks(anna, BlockReason.PASSWORD)
    contact.ticks(karel, BlockReason.PIN)
    contact.presses("Gekozen blokkades opheffen")
    contact.sees_heading("2 blokkades opheffen?")
    contact.sees("Geblokkeerd door Support blijft: Support heft deze op.")
    contact.presses("2 blokkades opheffen")
    contact.sees("Kies een reden")
    contact.hands.choose(contact.field("Vergeten"))
    contact.presses("2 blokkades opheffen")
    contact.sees_heading("Blokkades opheffen: de uitkomst")
    contact.sees("2 opgeheven.")
    contact.sees("maar niet iedereen kan weer inloggen")
    at_screen(anna, **way).signs_in()


def test_nothing_is_chosen_and_then_everything(at_screen, anja, anna, noord):
    factories.block(anna)
    factories.block(factories.account(noord, "Karel Kok"), BlockReason.PIN)
    contact = at_screen(anja)
    contact.signs_in()
    contact.presses("Gekozen blokkades opheffen")
    contact.sees("U hebt nog geen blokkade gekozen.")
    contact.follows("Terug naar Gebruikersbeheer")
    contact.hands.choose(contact.field("Alles op deze pagina"))
    expect(contact.page.get_by_role("status").filter(has_text="2 blokkades gekozen.")).to_be_visible()
    contact.presses("Gekozen blokkades opheffen")
    contact.hands.choose(contact.field("Anders"))
    contact.presses_twice("2 blokkades opheffen")
    contact.sees("2 opgeheven.")
    contact.finds_nobody_blocked()


def test_what_a_colleague_lifted_meanwhile_is_no_error(at_screen, anja, bram, anna, noord):
    factories.block(anna)
    factories.block(factories.account(noord, "Karel Kok"), BlockReason.PIN)
    contact, colleague = at_screen(anja), at_screen(bram)
    contact.signs_in()
    contact.ticks(anna, BlockReason.PASSWORD)
    contact.presses("Gekozen blokkades opheffen")
    colleague.signs_in()
    colleague.lifts(anna, BlockReason.PASSWORD)
    contact.hands.choose(contact.field("Anders"))
    contact.presses("Blokkade opheffen")
    contact.sees("Deze blokkade was al opgeheven.")
