"""A contact person removes a user, who is kept out at once; puts the user back; and ticks other services."""

from __future__ import annotations

import re

import pytest

from accounts.choices import LegalBasis
from accounts.models import Authorisation, Service
from tests.desk.conftest import account_address
from tests.factories import PASSWORD
from tests.journeys.test_support_at_work import WIDTHS


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_user_is_removed_and_put_back(at_screen, anja, anna, width):
    Service.objects.create(code="wmo", name="Wmo-berichten", legal_basis=LegalBasis.WMO)
    contact, her = at_screen(anja, viewport=width), at_screen(anna, viewport=width)
    contact.signs_in()
    contact.goes_to(account_address(anna))
    contact.follows("Autorisaties wijzigen")
    contact.sees_heading("Autorisaties van Anna de Boer")
    contact.looks_around()
    contact.page.get_by_label("Wmo-berichten").check()
    contact.presses("Opslaan")
    contact.sees("zijn opgeslagen")
    assert Authorisation.objects.filter(account=anna).count() == 1

    contact.follows("Account verwijderen")
    contact.sees_heading("Account van Anna de Boer verwijderen?")
    contact.looks_around()
    contact.presses("Account verwijderen")
    contact.sees("Het account van Anna de Boer wordt verwijderd.")
    contact.looks_around()
    her.tries_password(PASSWORD)
    her.is_kept_out()

    contact.follows(re.compile("^Ongedaan maken"))
    contact.sees_heading("Verwijderen van Anna de Boer ongedaan maken?")
    contact.looks_around()
    contact.presses("Ongedaan maken")
    contact.sees("Het account van Anna de Boer is weer zoals het was.")
    her.signs_in()
