"""Adding an address asks a recent second factor; what was typed stands in the form again afterwards."""

import pytest
from django.test import Client

from accounts.choices import Means
from accounts.models import RegisteredAddress
from tests.factories import a_moment_ago
from tests.fixtures_signing_in import showed

pytestmark = pytest.mark.django_db

PAGE = "/gebruikersbeheer/systeemcertificaten/"
ADD = f"{PAGE}adressen/"
TYPED = {"network": "198.51.100.0/24", "note": "Server van de leverancier"}


@pytest.fixture
def long_ago(anja, noord_software):
    """Anja's browser, in which a factor was shown long ago."""
    browser = Client()
    browser.force_login(anja)
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE, at=a_moment_ago(hours=1))
    return browser


def test_nothing_is_done_before_the_factor_is_shown(long_ago):
    answer = long_ago.post(ADD, TYPED)
    assert answer.status_code == 303
    assert answer["Location"] == f"/bevestigen/?next={PAGE}&opnieuw=1"
    assert not RegisteredAddress.objects.filter(network=TYPED["network"]).exists()


def test_what_was_typed_waits_on_the_page_with_the_form(long_ago):
    long_ago.post(ADD, TYPED)
    showed(long_ago, Means.PASSWORD, Means.ONE_TIME_CODE)
    page = long_ago.get(PAGE).text
    assert TYPED["network"] in page
    assert TYPED["note"] in page
    assert long_ago.post(ADD, TYPED).status_code == 303
    assert RegisteredAddress.objects.filter(network=TYPED["network"]).count() == 1
