"""The help page about blocks: public, complete, and only for pages that exist."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from tests.desk.conftest import text_of

pytestmark = pytest.mark.django_db

PAGE = "/hulp/geblokkeerd/"


@pytest.fixture
def text(client: Client) -> str:
    return client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "told",
    [
        "Caps Lock",
        "Num Lock",
        "429 Too Many Requests",
        "Gebruikersbeheer",
        "AGB-code",
        "gebruikersnummer",
        "Berichtenbox",
    ],
)
def test_it_names_every_cause_and_way_out(text: str, told: str) -> None:
    assert told in text


def test_it_tells_how_to_reach_support(text: str) -> None:
    assert settings.PORTAL_SUPPORT_PHONE in text
    assert settings.PORTAL_SUPPORT_EMAIL in text


def words_of(client: Client) -> str:
    return text_of(client.get(PAGE))


def test_it_says_who_may_ask_support(client: Client) -> None:
    words = words_of(client)

    assert "Ook een contactpersoon mag Support bellen of mailen: voor een collega en voor het eigen account." in words
    assert "Dan mag u zelf Support bellen of mailen, als het uw eigen account is." in words


def test_people_of_a_pgb_provider_read_that_support_does_it(client: Client) -> None:
    words = words_of(client)

    assert "Een PGB-aanbieder heeft geen Gebruikersbeheer." in words
    assert "Support heft daar elke blokkade op." in words


@pytest.mark.parametrize(("limit", "said"), [(5, "vijf keer"), (3, "drie keer"), (13, "13 keer")])
def test_it_counts_as_the_portal_does(client: Client, settings: Settings, limit: int, said: str) -> None:
    settings.PORTAL_FAILURE_LIMIT = limit
    assert words_of(client).count(f"Na {said} achter elkaar") == 2


def test_what_a_new_password_does_is_what_the_deployment_chose(client: Client, settings: Settings) -> None:
    stays = "Een nieuw wachtwoord heft de blokkade niet op."
    goes = "Een nieuw wachtwoord heft ook deze blokkade op."
    assert stays in words_of(client)

    settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK = True
    assert goes in words_of(client)
    assert stays not in words_of(client)


def test_a_secret_that_is_void_is_told_apart_from_a_block(client: Client) -> None:
    assert "Het wachtwoord of de pincode is vervallen" in words_of(client)


def test_it_leads_to_a_new_password(text: str) -> None:
    assert 'href="/wachtwoord-vergeten/"' in text


def test_a_page_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/hulp/bestaat-niet/").status_code == 404


def test_it_is_only_for_reading(client: Client) -> None:
    assert client.post(PAGE).status_code == 405
