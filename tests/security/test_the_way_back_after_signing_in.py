"""A session that ended before a form was sent: nothing is done, the sign-in page says so, and the way back can be
looked at."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from blocking.models import Block
from messagebox.models import Delivery
from tests import factories
from tests.factories import PASSWORD
from tests.fixtures_signing_in import SIGN_IN_FACTOR
from tests.second_factors import code_for
from tests.security.addresses import addresses

pytestmark = pytest.mark.django_db

LIST = "/gebruikersbeheer/"
BULK = "/gebruikersbeheer/blokkades/opheffen/"
LOST = "Uw keuze is niet opgeslagen. Log in en vul het opnieuw in."


@pytest.fixture
def things(anja, anna, message):
    """One of each thing that an address can name, a mail too."""
    delivery = Delivery.objects.order_by("pk").last()
    assert delivery
    return [anna, factories.block(anna), message, delivery]


def way_back(answer):
    return parse_qs(urlsplit(answer.headers.get("Location", "")).query).get("next", [""])[0]


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def test_every_way_back_can_be_looked_at(things, anja, sanne):
    desk, support = signed_in(anja), signed_in(sanne)
    ways = {path: way_back(Client().post(path)) for path in addresses(things)}
    dead = {
        path: way
        for path, way in ways.items()
        if way and (support if way.startswith("/beheer/") else desk).get(way).status_code == 405
    }
    assert sum(1 for way in ways.values() if way) > 10
    assert dead == {}


def test_from_lifting_many_one_comes_back_to_the_list(anja, anna):
    block = factories.block(anna)
    browser = Client()
    asked = browser.post(BULK, {"block": str(block.public_id), "reason": "other"}, follow=True)
    assert LOST in asked.text

    first = browser.post(
        "/inloggen/", {"user_number": anja.user_number, "password": PASSWORD, "next": asked.context["next"]}
    )
    second = browser.get(first["Location"])
    back = browser.post(SIGN_IN_FACTOR, {"token": code_for(anja), "next": second.context["next"]})
    assert back["Location"] == LIST
    assert Block.objects.open().filter(pk=block.pk).exists()


def test_from_a_page_that_asks_one_comes_back_to_the_question(anna):
    address = f"/gebruikersbeheer/blokkades/{factories.block(anna).public_id}/opheffen/"
    answer = Client().post(address, {"reason": "other"}, follow=True)
    assert answer.context["next"] == address
    assert LOST in answer.text


def test_from_a_button_under_a_message_one_comes_back_to_the_message(things):
    address = f"/berichtenbox/{things[2].public_id}/"
    assert way_back(Client().post(f"{address}verzoek/")) == address


def test_at_support_it_is_said_too(anna):
    address = f"/beheer/blocking/block/{factories.block(anna).pk}/opheffen/"
    answer = Client().post(address, follow=True)
    assert answer.context["next"] == address
    assert LOST in answer.text


def test_support_comes_back_from_a_button_without_a_page(things):
    delivery = things[-1]
    answer = Client().post(f"/beheer/messagebox/delivery/{delivery.pk}/opnieuw/", follow=True)
    assert answer.context["next"] == "/beheer/messagebox/delivery/"


@pytest.mark.parametrize("address", [LIST, "/mijn-account/", "/beheer/", "/"])
def test_who_only_looked_lost_nothing(client, address):
    assert LOST not in client.get(address, follow=True).text


def test_who_signed_out_lost_nothing(client):
    for address in ("/uitloggen/", "/beheer/logout/"):
        assert LOST not in client.post(address, follow=True).text
