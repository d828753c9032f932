"""When the contact person cannot help, Support does: by telephone or by e-mail, with the caller's part on record."""

from __future__ import annotations

import pytest

from blocking.choices import BlockReason, CaseChannel
from blocking.models import Block
from tests import factories
from tests.factories import PASSWORD

WAYS = [CaseChannel.PHONE, CaseChannel.EMAIL]


@pytest.fixture
def support(at_screen, sanne):
    person = at_screen(sanne)
    person.signs_in()
    return person


def test_support_asks_whether_the_contact_person_is_absent(support, anja, anna):
    """Is the contact person away? Only then may the user come to Support, so Support asks that first."""
    block = factories.block(anna)
    support.opens_block(block)
    support.lifts_on_request_of("Rechtmatige gebruiker", CaseChannel.PHONE, anna)
    support.sees("De rechtmatige gebruiker kan dit alleen vragen als de contactpersoon afwezig is.")
    assert Block.objects.open().filter(pk=block.pk).exists()


@pytest.mark.parametrize("way", WAYS)
def test_the_rightful_user_reaches_support_when_the_contact_person_is_absent(at_screen, support, anja, anna, way):
    """Then the one whose account it is may phone or mail as well, to have it unblocked."""
    her = at_screen(anna)
    her.finds_the_way_to_support()
    block = factories.block(anna)
    support.opens_block(block)
    support.lifts_on_request_of("Rechtmatige gebruiker", way, anna, stating_absence=True)
    support.has_lifted_the_block_of(anna)
    her.signs_in()
    assert Block.objects.get(pk=block.pk).lift_channel == way


@pytest.mark.parametrize(("way", "reason"), zip(WAYS, [BlockReason.PASSWORD, BlockReason.PIN], strict=True))
def test_the_contact_person_may_ask_support_too(at_screen, support, anja, anna, way, reason):
    """The contact person, too, may phone or mail instead of lifting it alone."""
    block = factories.block(anna, reason)
    support.opens_block(block)
    support.lifts_on_request_of("Contactpersoon", way, anna)
    support.has_lifted_the_block_of(anna)
    at_screen(anna).signs_in(PASSWORD)
    contact = at_screen(anja)
    contact.signs_in()
    contact.reads_message("Blokkade opgeheven: Anna de Boer")
