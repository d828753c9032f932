"""Names of people and organisations are shown to staff, in the log and in mails, so they are stored inert."""

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import AuditEvent
from accounts.services import create_account, create_organisation

pytestmark = pytest.mark.django_db

ACTIVE = "Zorg\r\n2026-01-01 ERROR alles\u202e\u2066 Noord\x00\x1b[31m"
INERT = "Zorg 2026-01-01 ERROR alles Noord[31m"


def organisation(**facts):
    return create_organisation(agb_code="01234567", by=PORTAL, at=timezone.now(), **({"name": "Zorg"} | facts))


def test_the_name_of_an_account_is_stored_inert(noord):
    account = create_account(organisation=noord, name=ACTIVE, by=PORTAL, at=timezone.now())
    account.refresh_from_db()
    assert account.name == INERT


def test_what_people_read_of_an_organisation_is_stored_inert():
    made = organisation(name=ACTIVE, phone="050\u202e 1", correspondence_address="Straat 1\u202e\r\n1234 AB\x00 Stad")
    made.refresh_from_db()
    assert (made.name, made.phone) == (INERT, "050 1")
    assert made.correspondence_address == "Straat 1\n1234 AB Stad"


def test_that_there_is_a_new_organisation_stands_in_the_log():
    made = organisation(name=ACTIVE)
    event = AuditEvent.objects.get(slug="account:organisation:created")
    assert (event.organisation, event.parameters) == (made, {"organisation": INERT})
