"""One's own page lists the browsers that the account knows, and forgets one; never somebody else's."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import AuditEvent
from blocking.models import KnownBrowser
from blocking.refusals import NotYourBrowser
from blocking.services import forget_browser
from tests.factories import PASSWORD, a_moment_ago, by

pytestmark = pytest.mark.django_db

MINE = "/mijn-account/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in_with_password(account):
    browser = Client(HTTP_USER_AGENT=FIREFOX)
    answer = browser.post("/inloggen/", {"user_number": account.user_number, "password": PASSWORD})
    assert answer.status_code == 303
    return browser


def address_of(browser):
    return f"{MINE}browsers/{browser.public_id}/vergeten/"


def test_the_page_says_which_browsers_and_which_is_this_one(anna):
    signed_in_with_password(anna)
    page = signed_in_with_password(anna).get(MINE).content.decode()
    assert page.count("<strong>Firefox op Windows</strong>") == 2
    assert page.count("Deze browser") == 1


def test_a_forgotten_browser_is_a_stranger_from_then_on(anna):
    browser = signed_in_with_password(anna)
    answer = browser.post(address_of(KnownBrowser.objects.get()))
    assert (answer.status_code, answer["Location"]) == (303, MINE)
    page = browser.get(MINE).content.decode()
    assert "Deze browser is vergeten" in page
    assert "Er is nog geen bekende browser" in page
    assert not KnownBrowser.objects.exists()
    assert AuditEvent.objects.filter(slug="account:browser:forgotten", account=anna).count() == 1


def test_pressing_twice_ends_with_a_page_and_not_with_a_mistake(anna):
    browser = signed_in_with_password(anna)
    address = address_of(KnownBrowser.objects.get())
    assert [browser.post(address).status_code for _ in range(2)] == [303, 404]


def test_nobody_forgets_anothers_browser(anna, anja, chris):
    signed_in_with_password(anna)
    known = KnownBrowser.objects.get()
    for person in (anja, chris):
        browser = Client()
        browser.force_login(person)
        assert browser.post(address_of(known)).status_code == 404
        with pytest.raises(NotYourBrowser):
            forget_browser(known, by=by(person), at=a_moment_ago())
    assert KnownBrowser.objects.filter(pk=known.pk).exists()


def test_strangers_are_sent_to_sign_in_and_looking_forgets_nothing(anna):
    browser = signed_in_with_password(anna)
    address = address_of(KnownBrowser.objects.get())
    assert Client().post(address)["Location"].startswith("/inloggen/")
    assert browser.get(address).status_code == 405
    assert KnownBrowser.objects.exists()
    assert settings.PORTAL_BROWSER_COOKIE_NAME in browser.cookies
