"""An address asked in a way that it does not know answers with the portal's page, and says which ways it does know."""

import pytest
from django.http import HttpResponse
from django.test import Client

from vecozo_portal.middleware import NotAllowedMiddleware

pytestmark = pytest.mark.django_db

LIST = "/gebruikersbeheer/"
ASKED_WRONGLY = [
    ("get", "/uitloggen/", "POST"),
    ("get", "/gebruikersbeheer/blokkades/opheffen/", "POST"),
    ("put", "/inloggen/", "GET, POST, HEAD, OPTIONS"),
    ("delete", "/wachtwoord-vergeten/", "GET, POST, HEAD, OPTIONS"),
    ("post", "/hulp/geblokkeerd/", "GET, HEAD"),
    ("post", "/mijn-account/", "GET, HEAD"),
    ("post", LIST, "GET, HEAD"),
    ("post", "/berichtenbox/", "GET, HEAD"),
    ("post", "/healthz", "GET, HEAD"),
    ("get", "/beheer/logout/", "POST"),
]


@pytest.fixture
def support(sanne):
    browser = Client()
    browser.force_login(sanne)
    return browser


@pytest.fixture
def contact(anja):
    browser = Client()
    browser.force_login(anja)
    return browser


@pytest.mark.parametrize(("method", "address", "allowed"), ASKED_WRONGLY)
def test_the_page_says_that_nothing_happened_and_where_to_go(contact, support, method, address, allowed):
    browser = support if address.startswith("/beheer/") else contact
    answer = getattr(browser, method)(address)

    assert answer.status_code == 405
    assert sorted(answer["Allow"].split(", ")) == sorted(allowed.split(", "))
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "<h1>Zo kunt u deze pagina niet openen</h1>" in answer.text
    assert "Er is niets gewijzigd." in answer.text


def test_it_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Zo kunt u deze pagina niet openen" in client.post("/healthz").text


def test_a_page_of_its_own_stays(rf):
    own = NotAllowedMiddleware(lambda _: HttpResponse("zelf gezegd", status=405))
    assert own(rf.get("/")).text == "zelf gezegd"
