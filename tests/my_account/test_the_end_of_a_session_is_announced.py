"""Every page knows when its session ends, and the script that warns can ask to go on; not past the day's end."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Session

pytestmark = pytest.mark.django_db

GO_ON = "/mijn-account/sessies/verlengen/"


@pytest.fixture
def screen(browser_of, anna):
    return browser_of(anna)


def seconds_on(page):
    found = re.search(r'data-vp-seconds="(\d+)"', page.text)
    return int(found[1]) if found else None


def last_used(account, **ago):
    then = timezone.now() - timedelta(**ago)
    Session.objects.filter(account=account).update(last_seen_at=then, expire_date=then + timedelta(minutes=30))


def began(account, **ago):
    """As if somebody had signed in so long ago, and was busy ever since."""
    session = Session.objects.get(account=account)
    store, data = session.get_session_store_class()(), session.get_decoded()
    then = timezone.now() - timedelta(**ago)
    data["begun"]["at"] = then.isoformat()
    fields = {"signed_in_at": then, "session_data": store.encode(data), "expire_date": then + timedelta(hours=12)}
    Session.objects.filter(pk=session.pk).update(**fields)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("anja", "/gebruikersbeheer/"),
        ("anja", "/berichtenbox/"),
        ("anna", "/mijn-account/"),
        ("anna", "/bestaat-niet/"),
        ("anna", "/gebruikersbeheer/"),
        ("sanne", "/beheer/"),
        ("sanne", "/beheer/blocking/block/"),
    ],
)
def test_it_stands_on_every_page(request, browser_of, who, address):
    seconds = seconds_on(browser_of(request.getfixturevalue(who)).get(address))
    assert seconds is not None
    assert 1790 <= seconds <= 1800


def test_who_is_not_signed_in_is_told_nothing_of_it(client):
    for address in ("/inloggen/", "/hulp/geblokkeerd/", "/wachtwoord-vergeten/"):
        assert seconds_on(client.get(address)) is None


def test_asking_to_go_on_goes_on(screen, anna):
    last_used(anna, minutes=29)
    answer = screen.post(GO_ON)
    assert answer.status_code == 200
    told = answer.json()
    assert 1790 <= told["seconds"] <= 1800
    assert told["is_final"] is False
    assert Session.objects.get(account=anna).last_seen_at > timezone.now() - timedelta(minutes=1)


def test_what_is_over_does_not_go_on(screen, anna):
    last_used(anna, minutes=31)
    answer = screen.post(GO_ON)
    assert answer.status_code == 302
    assert "afgelopen=1" in answer["Location"]
    assert "next=/mijn-account/sessies/&" in answer["Location"]


def test_at_the_end_of_the_day_it_says_that_this_is_final(screen, anna):
    began(anna, hours=11, minutes=45)
    told = screen.post(GO_ON).json()
    assert told["is_final"] is True
    assert 890 <= told["seconds"] <= 900
    assert "data-vp-final" in screen.get("/mijn-account/").text


def test_the_way_back_from_a_form_is_the_page_with_the_form(browser_of, anja):
    page = browser_of(anja).post("/gebruikersbeheer/blokkades/opheffen/", {})
    assert "/inloggen/?next=/gebruikersbeheer/&amp;afgelopen=1" in page.text


def test_it_asks_for_a_post_with_a_token(screen, anna):
    assert screen.get(GO_ON).status_code == 405
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.force_login(anna)
    assert elsewhere.post(GO_ON).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.post(GO_ON)["Location"].startswith("/inloggen/")
