"""Everybody sees where they are signed in, and can end it there or everywhere; never anybody else's."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import AuditEvent, Session
from tests.desk.conftest import text_of
from tests.my_account.conftest import FIREFOX, IPHONE

pytestmark = pytest.mark.django_db

SESSIONS = "/mijn-account/sessies/"
EVERYWHERE = "/mijn-account/sessies/overal-uitloggen/"


def ending(session):
    return f"/mijn-account/sessies/{session.public_id}/uitloggen/"


def is_in(screen):
    return screen.get("/mijn-account/").status_code == 200


@pytest.fixture
def desk(browser_of, anna):
    return browser_of(anna)


@pytest.fixture
def phone(browser_of, anna):
    return browser_of(anna, program=IPHONE, address="198.51.100.20")


def on(program, account):
    return Session.objects.get(account=account, user_agent=program)


def test_one_sees_with_what_from_where_and_since_when(desk, phone):
    page = text_of(desk.get(SESSIONS))
    assert "Firefox op Windows" in page
    assert "Safari op een iPhone" in page
    assert "198.51.100.20" in page
    assert "Deze sessie" in page


def test_the_session_one_looks_with_is_told_apart(desk, phone, anna):
    page = desk.get(SESSIONS).content.decode()
    assert page.count("Deze sessie") == 1
    assert ending(on(IPHONE, anna)) in page
    assert ending(on(FIREFOX, anna)) not in page


def test_ending_one_elsewhere_ends_that_one_alone(desk, phone, anna):
    answer = desk.post(ending(on(IPHONE, anna)))
    assert (answer.status_code, answer["Location"]) == (303, SESSIONS)
    assert "U bent daar uitgelogd." in text_of(desk.get(SESSIONS))
    assert not is_in(phone)
    assert is_in(desk)


def test_ending_one_is_written_down_with_where_it_was(desk, phone, anna):
    desk.post(ending(on(IPHONE, anna)))
    event = AuditEvent.objects.get(slug="account:session:ended")
    assert (event.account, event.actor) == (anna, anna)
    assert event.parameters == {"ended_address": "198.51.100.20", "ended_program": IPHONE}


def test_what_is_over_already_is_no_mistake(desk, phone, anna):
    address = ending(on(IPHONE, anna))
    for _ in range(2):
        assert desk.post(address).status_code == 303
    assert "Daar was u al uitgelogd." in text_of(desk.get(SESSIONS))
    assert desk.post(f"/mijn-account/sessies/{uuid4()}/uitloggen/").status_code == 303
    assert AuditEvent.objects.filter(slug="account:session:ended").count() == 1


def test_a_session_of_somebody_else_is_not_there(desk, browser_of, anna, chris, anja, sanne):
    for person in (chris, anja, sanne):
        answer = browser_of(person).post(ending(on(FIREFOX, anna)))
        assert answer.status_code == 404
    assert is_in(desk)
    refused = AuditEvent.objects.filter(slug="account:page:refused", account=anna)
    assert {event.actor for event in refused} == {chris, anja, sanne}


def test_nobody_sees_sessions_of_somebody_else(desk, browser_of, chris, anna):
    page = browser_of(chris, address="203.0.113.5").get(SESSIONS).content.decode()
    assert "203.0.113.5" in page
    assert "192.0.2.10" not in page
    assert str(on(FIREFOX, anna).public_id) not in page


def test_everywhere_is_everywhere(desk, phone, browser_of, anna, chris):
    of_somebody_else = browser_of(chris)
    answer = desk.post(EVERYWHERE, follow=True)
    assert answer.redirect_chain == [("/inloggen/", 303)]
    assert "U bent overal uitgelogd, ook hier." in text_of(answer)
    assert not is_in(desk)
    assert not is_in(phone)
    assert is_in(of_somebody_else)
    assert AuditEvent.objects.filter(slug="account:sessions:ended", account=anna, actor=anna).count() == 1


def test_a_session_that_was_ended_says_so_at_the_door(desk, phone, anna):
    desk.post(ending(on(IPHONE, anna)))
    page = phone.get("/mijn-account/sessies/", follow=True)
    assert "U bent uitgelogd" in text_of(page)
    assert "30 minuten niets doet" in text_of(page)
    assert "twaalf uur nadat u inlogde" in text_of(page)
    assert "als u of Support deze sessie beëindigt" in text_of(page)
    assert page.context["next"] == SESSIONS


def test_a_stranger_is_not_told_that_a_session_is_over(client):
    assert "U bent uitgelogd" not in text_of(client.get(SESSIONS, follow=True))


def test_support_is_told_at_the_door_too(browser_of, sanne):
    screen = browser_of(sanne)
    Session.objects.all().delete()
    page = screen.get("/beheer/blocking/block/", follow=True)
    assert "U bent uitgelogd" in text_of(page)
    assert page.context["next"] == "/beheer/blocking/block/"


@pytest.mark.parametrize("who", ["anja", "anna", "dirk", "sanne"])
def test_everybody_has_the_page(request, browser_of, who):
    assert browser_of(request.getfixturevalue(who)).get(SESSIONS).status_code == 200


def test_looking_ends_nothing_and_sending_asks_for_a_token(desk, anna):
    assert desk.get(EVERYWHERE).status_code == 405
    assert desk.get(ending(on(FIREFOX, anna))).status_code == 405
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.force_login(anna)
    assert elsewhere.post(EVERYWHERE).status_code == 403
    assert elsewhere.post(ending(on(FIREFOX, anna))).status_code == 403
    assert is_in(desk)


def test_what_a_browser_says_of_itself_stays_text(browser_of, anna):
    page = browser_of(anna, program="<script>alert(1)</script>").get(SESSIONS).content.decode()
    assert "<script>alert" not in page
    assert "Een onbekend programma" in page
