"""The page as a whole: somebody is blocked and asks how that ends; there may be more than one reason."""

from __future__ import annotations

import pytest

from accounts.models import Service
from blocking.choices import BlockReason
from tests import factories

REASONS = [reason for reason in BlockReason if reason != BlockReason.QUOTA]


def test_who_is_blocked_finds_out_how_the_block_ends(at_screen, anna):
    """Somebody whose account is blocked asks how it is opened again, and gets an answer."""
    factories.block(anna)
    her = at_screen(anna)
    her.tries_password(factories.PASSWORD)
    her.is_kept_out()
    her.follows("Alle oorzaken van een blokkade, en wat u kunt doen")
    her.sees_heading("Uw account is geblokkeerd: wat nu?")
    her.sees_heading("Kort: wie heft wat op?")
    her.sees("Vraag de contactpersoon van uw organisatie om de blokkade op te heffen.")


@pytest.mark.parametrize("reason", REASONS)
def test_any_of_several_reasons_keeps_somebody_from_signing_in(at_screen, anna, reason):
    """An account can be blocked for one of several reasons, and with any of them nobody signs in any more."""
    factories.block(anna, reason)
    her = at_screen(anna)
    her.tries_password(factories.PASSWORD)
    her.is_kept_out()


def test_a_quota_keeps_somebody_from_signing_in_as_well(at_screen, anna, a_service: Service):
    factories.block(anna, BlockReason.QUOTA, service=a_service)
    her = at_screen(anna)
    her.tries_password(factories.PASSWORD)
    her.is_kept_out()


def test_two_reasons_at_once_are_lifted_one_by_one(at_screen, anja, anna):
    """An account can be blocked for several reasons at once: it opens when the last one is lifted."""
    factories.block(anna, BlockReason.PIN)
    factories.block(anna, BlockReason.PASSWORD)
    her, contact = at_screen(anna), at_screen(anja)
    contact.signs_in()
    contact.lifts(anna, BlockReason.PIN)
    her.tries_password(factories.PASSWORD)
    her.is_kept_out()
    contact.lifts(anna, BlockReason.PASSWORD)
    her.signs_in()
