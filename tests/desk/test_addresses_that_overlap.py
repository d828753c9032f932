"""Where registered addresses overlap, adding and removing one says what is true of calls from there afterwards."""

from __future__ import annotations

import pytest

from accounts.actors import PORTAL
from accounts.models import RegisteredAddress
from accounts.services import register_address
from tests import factories
from tests.desk.conftest import text_of

pytestmark = pytest.mark.django_db

ADDRESSES = "/gebruikersbeheer/systeemcertificaten/adressen/"
RANGE, ONE = "192.0.2.0/24", "192.0.2.7"
REFUSED = "geweigerd"


@pytest.fixture
def register(noord_software):
    def add(network):
        return register_address(noord_software, network=network, by=PORTAL, at=factories.a_moment_ago())

    return add


@pytest.fixture
def ways_to_remove(signed_in, anja, sanne):
    """By the contact person and by Support: the page that asks, and what is told afterwards."""

    def ways(address):
        admins = f"/beheer/accounts/account/{address.account_id}/adressen/{address.pk}/verwijderen/"
        return (signed_in(anja), f"{ADDRESSES}{address.public_id}/verwijderen/"), (signed_in(sanne), admins)

    return ways


def test_within_a_range_that_stays_calls_are_still_let_in(register, ways_to_remove):
    register(RANGE)
    for number in range(2):
        browser, way = ways_to_remove(register(ONE))[number]
        for page in (text_of(browser.get(way)), text_of(browser.post(way, follow=True))):
            assert f"Bevragingen vanaf {ONE} blijven toegestaan, want {RANGE} is ook geregistreerd." in page
            assert REFUSED not in page


def test_of_a_range_is_told_what_within_it_stays(register, ways_to_remove):
    register(ONE)
    register("192.0.2.8")
    for number in range(2):
        browser, way = ways_to_remove(register(RANGE))[number]
        for page in (text_of(browser.get(way)), text_of(browser.post(way, follow=True))):
            assert REFUSED in page
            assert f"Vanaf {ONE} en 192.0.2.8 blijven bevragingen toegestaan" in page


def test_without_any_other_calls_are_refused(register, ways_to_remove):
    register("198.51.100.0/24")
    register("2001:db8::/32")
    for number in range(2):
        browser, way = ways_to_remove(register(ONE))[number]
        for page in (text_of(browser.get(way)), text_of(browser.post(way, follow=True))):
            assert REFUSED in page
            assert "blijven" not in page.partition("Geregistreerde adressen")[0]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (RANGE, ONE, f"Het viel al binnen {RANGE}: van daar mocht de software al bevragen."),
        (ONE, RANGE, f"Ook {ONE} valt hierbinnen."),
        ("198.51.100.7", ONE, "toegevoegd."),
    ],
)
def test_adding_one_that_overlaps_is_told(signed_in, anja, sanne, noord_software, register, first, then, told):
    register(first)
    admins = f"/beheer/accounts/account/{noord_software.pk}/adressen/nieuw/"
    for browser, way in ((signed_in(anja), ADDRESSES), (signed_in(sanne), admins)):
        page = text_of(browser.post(way, {"network": then}, follow=True))
        assert told in page
        assert ("viel al" in page, "valt hierbinnen" in page) == ("viel al" in told, "valt hierbinnen" in told)
        RegisteredAddress.objects.exclude(network__startswith=first).delete()
