"""A session that is about to end says so in time, and goes on at one press. It is the browser's clock that moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Session
from tests.journeys.hands import Keyboard


@pytest.fixture(params=["pointer", "keyboard"])
def hands(request):
    return {"hands": Keyboard()} if request.param == "keyboard" else {}


def signed_in(at_screen, account, **how):
    person = at_screen(account, **how)
    person.page.clock.install()
    person.signs_in()
    return person


def test_she_goes_on_with_one_press(at_screen, anna, hands):
    her = signed_in(at_screen, anna, **hands)
    her.page.clock.fast_forward("27:00")
    expect(her.warning()).to_have_count(0)
    her.page.clock.fast_forward("01:05")
    her.is_warned("Bent u er nog?")
    expect(her.control("Verder werken")).to_be_focused()
    her.hands.press(her.control("Verder werken"))
    expect(her.warning()).to_have_count(0)
    her.page.clock.fast_forward("27:00")
    expect(her.warning()).to_have_count(0)
    her.page.clock.fast_forward("01:05")
    her.is_warned("Bent u er nog?")


def test_going_on_is_written_down_at_the_server(at_screen, anna):
    her = signed_in(at_screen, anna)
    her.page.clock.fast_forward("28:05")
    her.is_warned("Bent u er nog?")
    long_ago = timezone.now() - timedelta(minutes=28)
    Session.objects.filter(account=anna).update(last_seen_at=long_ago, expire_date=long_ago + timedelta(minutes=30))
    her.control("Verder werken").click()
    expect(her.warning()).to_have_count(0)
    assert Session.objects.get(account=anna).last_seen_at > long_ago + timedelta(minutes=27)


def test_who_does_not_react_reads_that_she_is_out_and_comes_back_where_she_was(at_screen, anna):
    her = signed_in(at_screen, anna)
    her.goes_to("/mijn-account/gegevens/")
    Session.objects.filter(account=anna).update(expire_date=timezone.now())
    her.page.clock.fast_forward("30:05")
    her.is_warned("U bent uitgelogd")
    her.page.keyboard.press("Escape")
    expect(her.warning()).to_be_visible()
    her.follows("Opnieuw inloggen")
    her.sees("30 minuten niets doet")
    her.signs_in()
    her.sees_heading("Uw gegevens downloaden")


def test_a_press_that_comes_too_late_says_so(at_screen, anna):
    her = signed_in(at_screen, anna)
    her.page.clock.fast_forward("28:05")
    her.is_warned("Bent u er nog?")
    Session.objects.filter(account=anna).delete()
    her.control("Verder werken").click()
    her.is_warned("U bent uitgelogd")


def test_at_the_end_of_the_day_going_on_is_not_offered(at_screen, anna):
    her = signed_in(at_screen, anna)
    today = Session.objects.filter(account=anna)
    began = timezone.now() - timedelta(hours=11, minutes=50)
    held = today.get()
    store = held.get_session_store_class()()
    data = held.get_decoded()
    data["begun"]["at"] = began.isoformat()
    today.update(session_data=store.encode(data), signed_in_at=began, expire_date=began + timedelta(hours=12))
    her.goes_to("/mijn-account/")
    her.page.clock.fast_forward("08:05")
    her.is_warned("U wordt bijna uitgelogd")
    expect(her.control("Verder werken")).to_have_count(0)
    her.control("Ik rond het af").click()
    expect(her.warning()).to_have_count(0)
    her.page.clock.fast_forward("02:00")
    her.is_warned("U bent uitgelogd")


def test_another_tab_that_was_used_keeps_this_one_quiet(at_screen, anna):
    her = signed_in(at_screen, anna)
    her.page.clock.fast_forward("28:05")
    her.is_warned("Bent u er nog?")
    other = her.page.context.new_page()
    other.clock.install()
    other.clock.fast_forward("28:05")
    other.goto("/mijn-account/")
    expect(her.warning()).to_have_count(0)


def test_support_is_warned_in_the_admin_too(at_screen, sanne):
    support = signed_in(at_screen, sanne)
    support.goes_to("/beheer/")
    support.page.clock.fast_forward("28:05")
    support.is_warned("Bent u er nog?")
    support.control("Verder werken").click()
    expect(support.warning()).to_have_count(0)
