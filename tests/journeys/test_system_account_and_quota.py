"""The contact person looks after the organisation's software: its usage as a picture, and from where it may call."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.services import authorise
from blocking.choices import BlockReason, QuotaWindow
from blocking.services.quota import set_quota
from tests import factories

WIDTHS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}
PAGE = "/gebruikersbeheer/systeemcertificaten/"


@pytest.fixture
def in_use(noord_software, a_service):
    """Used up to its quota, and blocked."""
    now = timezone.now()
    authorise(noord_software, service=a_service, by=PORTAL, at=now)
    set_quota(a_service, kind=AccountKind.SYSTEM, window=QuotaWindow.DAY, limit=2000, by=PORTAL, at=now)
    factories.used(noord_software, a_service, 2000, client="192.0.2.7")
    factories.block(noord_software, BlockReason.QUOTA, service=a_service, quota_window="day", quota_limit=2000)
    return noord_software


@pytest.mark.parametrize("width", WIDTHS)
def test_from_usage_to_an_address_and_back(at_screen: Any, anja, in_use, width):
    contact = at_screen(anja, viewport=WIDTHS[width])
    contact.signs_in()
    contact.follows("Systeemcertificaten")
    contact.sees("100 % van het quotum van 2.000 per dag")
    expect(contact.page.get_by_role("img", name="Opgeteld per dag")).to_be_visible()
    expect(contact.page.get_by_role("link", name="opheffen")).to_have_count(0)
    contact.page.get_by_text("Dezelfde cijfers in een tabel").click()
    expect(contact.page.get_by_role("columnheader", name="Opgeteld")).to_be_visible()
    contact.looks_around()

    contact.field("Adres of reeks").fill("10.0.0.0/8")
    contact.presses("Adres toevoegen")
    contact.sees_heading("Het adres is niet toegevoegd")
    contact.field("Adres of reeks").fill("192.0.2.7")
    contact.presses("Adres toevoegen")
    contact.sees("Het adres 192.0.2.7 is toegevoegd.")

    contact.control(re.compile("^Verwijderen.*: 192"), role="link").click()
    contact.sees_heading("Adres 192.0.2.7 verwijderen?")
    contact.looks_around()
    contact.presses("Adres verwijderen")
    contact.sees("Het adres 192.0.2.7 is verwijderd.")


def test_it_works_without_scripts(at_screen: Any, anja, in_use):
    contact = at_screen(anja, java_script_enabled=False)
    contact.signs_in()
    contact.goes_to(PAGE)
    contact.field("Adres of reeks").fill("2001:db8::/48")
    contact.presses("Adres toevoegen")
    contact.follows(re.compile("^Verwijderen.*: 2001"))
    contact.presses("Adres verwijderen")
    contact.sees("Het adres 2001:db8::/48 is verwijderd.")
