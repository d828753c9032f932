"""Two quick presses are one act: one try is taken, one block is lifted, and what happened is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import Account
from blocking.choices import BlockReason, CaseChannel
from blocking.models import Attempt, Block, SupportCase
from blocking.services import Quoted
from tests import factories
from tests.factories import WRONG_PASSWORD, WRONG_PIN


def tries_taken(account: Account) -> int:
    return Attempt.objects.filter(budget__account=account).count()


def test_a_wrong_password_costs_one_try(at_screen, anna):
    her = at_screen(anna)
    her.writes_password(WRONG_PASSWORD)
    her.presses_twice("Inloggen")
    her.is_kept_out()
    assert tries_taken(anna) == 1


def test_a_wrong_pin_costs_one_try(at_screen, anna):
    her = at_screen(anna)
    her.writes_pin(WRONG_PIN)
    her.presses_twice("Wachtwoord wijzigen")
    her.is_refused_the_pin()
    assert tries_taken(anna) == 1


@pytest.mark.parametrize("in_a_dialog", [True, False])
def test_a_lift_is_confirmed_and_not_refused_as_done_already(at_screen, anja, anna, in_a_dialog):
    factories.block(anna)
    contact = at_screen(anja)
    contact.signs_in()
    contact.asks_to_lift(anna, BlockReason.PASSWORD, in_a_dialog=in_a_dialog)
    contact.hands.choose(contact.field("Vergeten"))
    contact.presses_twice("Blokkade opheffen")
    contact.has_lifted(anna)


def test_support_lifts_once_too(at_screen, sanne, anja, anna):
    block = factories.block(anna)
    support = at_screen(sanne)
    support.signs_in()
    support.opens_block(block)
    support.writes_down("Contactpersoon", CaseChannel.PHONE, Quoted.of(anna))
    support.rings_back()
    support.says_why_to_grant()
    support.presses_twice("Toekennen en blokkade opheffen")
    support.has_lifted_the_block_of(anna)
    assert not Block.objects.open().filter(pk=block.pk).exists()


def test_support_writes_a_request_down_once_too(at_screen, sanne, anja, anna):
    support = at_screen(sanne)
    support.signs_in()
    support.opens_block(factories.block(anna))
    support.says_who_asks("Contactpersoon", CaseChannel.PHONE, Quoted.of(anna))
    support.presses_twice("Verzoek vastleggen")
    support.sees("AGB-code en gebruikersnummer horen bij dit account.")
    assert SupportCase.objects.count() == 1


def test_a_form_answers_again_after_coming_back(at_screen, anna):
    """Nothing stays switched off: a later press is a press."""
    her = at_screen(anna)
    her.writes_password(WRONG_PASSWORD)
    her.presses("Inloggen")
    her.page.go_back()
    her.writes_password(WRONG_PASSWORD)
    expect(her.control("Inloggen")).to_be_enabled()
    her.presses("Inloggen")
    her.is_kept_out()
    assert tries_taken(anna) == 2


def test_the_question_is_asked_in_one_dialog(at_screen, anja, anna):
    """Closed once, it is gone."""
    factories.block(anna)
    contact = at_screen(anja)
    contact.signs_in()
    contact.way_to_the_question(anna, BlockReason.PASSWORD).dblclick()
    expect(contact.page.get_by_role("dialog")).to_have_count(1)
    contact.page.wait_for_load_state("networkidle")
    expect(contact.page.get_by_role("dialog")).to_have_count(1)
    contact.control("Niet opheffen", role="link").click()
    expect(contact.page.get_by_role("dialog")).to_have_count(0)
