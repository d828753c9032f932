"""Outside production every page says above all else which environment this is: also those that go wrong."""

import pytest
from django.template.loader import render_to_string

from vecozo_portal.environment import BASE_DIR

pytestmark = pytest.mark.django_db

SAYS = {"test": "Testomgeving.", "acceptance": "Acceptatieomgeving."}
ERRORS = sorted(path.name for path in (BASE_DIR / "templates").glob("[45]*.html"))


@pytest.fixture(params=SAYS)
def said(settings, request):
    settings.PORTAL_ENVIRONMENT, settings.PORTAL_DEMO = request.param, False
    return SAYS[request.param]


def test_ordinary_pages_and_the_admin(client, sanne, said):
    assert said in client.get("/inloggen/").text
    assert said in client.get("/bestaat-niet/").text
    client.force_login(sanne)
    for address in ("/beheer/", "/beheer/accounts/account/", f"/beheer/accounts/account/{sanne.pk}/change/"):
        assert client.get(address).text.count(said) == 1


@pytest.mark.parametrize("name", ERRORS)
def test_pages_that_say_what_went_wrong(said, name):
    assert render_to_string(name).count(said) == 1


@pytest.mark.parametrize("name", ERRORS)
def test_nothing_of_the_kind_in_production(settings, name):
    settings.PORTAL_ENVIRONMENT, settings.PORTAL_DEMO = "production", False
    assert "vp-environment" not in render_to_string(name)


def test_a_demo_says_so_beside_its_environment(client, settings):
    settings.PORTAL_ENVIRONMENT, settings.PORTAL_DEMO = "test", True
    assert "Demo in de testomgeving." in client.get("/inloggen/").text
