"""The help page about blocks: public, complete, and only for pages that exist."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

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


def test_it_leads_to_a_new_password(text: str) -> None:
    assert 'href="/wachtwoord-vergeten/"' in text


def test_a_page_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/hulp/bestaat-niet/").status_code == 404


def test_it_is_only_for_reading(client: Client) -> None:
    assert client.post(PAGE).status_code == 405
