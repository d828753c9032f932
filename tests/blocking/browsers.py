"""Somebody at the doors with a browser, fresh or known, for the tests of known browsers."""

from django.conf import settings
from django.test import Client

from tests.factories import PASSWORD, WRONG_PASSWORD, WRONG_PIN

COOKIE = settings.PORTAL_BROWSER_COOKIE_NAME


def enter(account, password=WRONG_PASSWORD, browser=None):
    """Is somebody in, who types this on that browser, or on a fresh one?"""
    answer = (browser or Client()).post("/inloggen/", {"user_number": account.user_number, "password": password})
    assert answer.status_code in {200, 303}
    return answer.status_code == 303


def enter_pin(account, pin=WRONG_PIN, browser=None):
    fields = {"user_number": account.user_number, "pin": pin, "new_password": PASSWORD}
    answer = (browser or Client()).post("/wachtwoord-vergeten/", fields)
    assert answer.status_code in {200, 303}
    return answer.status_code == 303


def signed_out(browser):
    browser.post("/uitloggen/")
    return browser


def kept_by(browser):
    return browser.cookies[COOKIE].value


def with_cookie(value):
    browser = Client()
    browser.cookies[COOKIE] = value
    return browser
