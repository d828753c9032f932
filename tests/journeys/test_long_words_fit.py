"""Whatever is long or many stays within the page, at every width that people have."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.services import authorise, register_address
from blocking.choices import BlockReason, QuotaWindow
from blocking.services.quota import set_quota
from tests import factories
from tests.cases import a_case

WIDTHS = {"wide": 1280, "narrow": 390, "narrowest": 320}
UNBROKEN = "x" * 100


@pytest.fixture(params=WIDTHS)
def seen(at_screen: Any, request: pytest.FixtureRequest) -> Any:
    def signed_in(account: Any) -> Any:
        person = at_screen(account, viewport={"width": WIDTHS[request.param], "height": 900})
        person.signs_in()
        return person

    return signed_in


@pytest.fixture
def busy_software(noord_software, a_service):
    """Used a lot, called from many places, each with a note of a single word."""
    at = timezone.now()
    authorise(noord_software, service=a_service, by=PORTAL, at=at)
    set_quota(a_service, kind=AccountKind.SYSTEM, window=QuotaWindow.DAY, limit=2000, by=PORTAL, at=at)
    factories.used(noord_software, a_service, 2001, client="f" * 64)
    for place in range(16):
        network = f"2001:db8:aaaa:bbbb:cccc:dddd:eeee:{place:x}fff"
        register_address(noord_software, network=network, note=UNBROKEN, by=PORTAL, at=at)
    return noord_software


def test_addresses_with_long_notes(seen, anja, busy_software):
    seen(anja).goes_to("/gebruikersbeheer/systeemcertificaten/")


def test_the_account_of_software_with_many_addresses(seen, sanne, busy_software):
    seen(sanne).goes_to(f"/beheer/accounts/account/{busy_software.pk}/change/")


def test_a_quota_case_with_its_figures_shown(seen, sanne, busy_software, a_service):
    case = a_case(factories.block(busy_software, BlockReason.QUOTA, service=a_service), sanne)
    support = seen(sanne)
    support.goes_to(f"/beheer/blocking/supportcase/{case.pk}/change/")
    for figures in support.page.locator("summary").all():
        figures.click()
    support.looks_around()


def test_the_figures_of_ones_software_shown(seen, anja, busy_software):
    person = seen(anja)
    person.goes_to("/gebruikersbeheer/systeemcertificaten/")
    for figures in person.page.locator("main summary").all():
        figures.click()
    person.looks_around()
