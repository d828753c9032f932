"""All help pages: public, linked to each other, leading only to pages that are there, and as true as the settings."""

import re

import pytest

from desk.help import PAGES
from tests.desk.conftest import text_of

pytestmark = pytest.mark.django_db

SUBJECTS = {
    "algemeen",
    "installeren-verlengen",
    "back-up",
    "inloggen-wachtwoord",
    "gebruikersbeheer",
    "geblokkeerd",
    "verlopen-verwijderd",
    "uzi-pas",
    "testomgeving",
}


def address_of(slug):
    return f"/hulp/{slug}/"


def article_of(page):
    return part_of(page, r"<article.*</article>")


def part_of(page, pattern):
    found = re.search(pattern, page.text, re.DOTALL)
    assert found
    return found[0]


def test_there_is_a_page_for_every_subject():
    assert set(PAGES) == SUBJECTS


@pytest.mark.parametrize("slug", sorted(SUBJECTS))
def test_it_is_public_and_leads_to_all_others(client, slug):
    page = client.get(address_of(slug))
    assert page.status_code == 200
    related = part_of(page, r'aria-labelledby="meer-hulp".*?</nav>')
    assert set(re.findall(r'href="/hulp/([a-z-]+)/"', related)) == SUBJECTS - {slug}
    assert f"<h1>{PAGES[slug].title}</h1>" in page.text


@pytest.mark.parametrize("slug", sorted(SUBJECTS))
def test_it_leads_to_where_one_acts_and_nowhere_that_is_not(client, slug):
    links = re.findall(r'<a href="(/[^"]*)"', article_of(client.get(address_of(slug))))
    assert [link for link in links if not link.startswith("/hulp/")]
    for link in links:
        answer = client.get(link)
        assert answer.status_code in {200, 302}, link
        if "#" in link:
            assert f'id="{link.partition("#")[2]}"' in answer.text, link


def test_another_subject_is_not_found(client):
    assert client.get(address_of("onbekend")).status_code == 404


def test_every_page_of_the_portal_leads_to_help_and_to_installing(client, anna):
    client.force_login(anna)
    for address in ("/mijn-account/", address_of("algemeen")):
        page = client.get(address).text
        assert 'href="/hulp/algemeen/"' in page
        assert 'href="/certificaat-installeren/"' in page


def test_blocked_expired_and_removed_are_three_things_with_three_ways_out(client):
    page = client.get(address_of("verlopen-verwijderd"))
    for heading in ("Geblokkeerd", "Verlopen", "Verwijderd"):
        assert re.search(rf"<h2[^>]*>{heading}</h2>", page.text)
    words = text_of(page)
    for told in ("haalt het slot eraf", "opheffen helpt niet", "Niemand kan dat terugdraaien"):
        assert told in words


def test_the_card_has_a_lock_of_its_own(client):
    words = text_of(client.get(address_of("uzi-pas")))
    for told in ("drie verkeerde pincodes", "PUK", "geen blokkade van uw account"):
        assert told in words


@pytest.mark.parametrize("slug", ["gebruikersbeheer", "verlopen-verwijderd"])
def test_how_long_a_removal_is_undone_follows_the_setting(client, settings, slug):
    settings.PORTAL_REMOVAL_MINUTES = 12
    assert "12 minuten" in text_of(client.get(address_of(slug)))


def test_other_numbers_follow_the_settings_too(client, settings):
    settings.PORTAL_SESSION_IDLE_SECONDS, settings.PORTAL_FAILURE_LIMIT = 600, 3
    assert "Doet u 10 minuten niets" in text_of(client.get(address_of("inloggen-wachtwoord")))
    for slug in ("inloggen-wachtwoord", "installeren-verlengen", "uzi-pas"):
        assert "drie" in text_of(client.get(address_of(slug)))


@pytest.mark.parametrize(
    ("environment", "says"),
    [("production", "productieomgeving"), ("acceptance", "acceptatieomgeving"), ("test", "een testomgeving")],
)
def test_it_says_which_environment_this_is(client, settings, environment, says):
    settings.PORTAL_ENVIRONMENT = environment
    assert f"Dit is {'de ' if environment != 'test' else ''}{says}" in text_of(client.get(address_of("testomgeving")))
