"""What a browser keeps to be known again: who forges, garbles or borrows it is a stranger."""

from datetime import timedelta

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from blocking.choices import BlockScope
from blocking.device_cookie import ACCOUNTS_PER_BROWSER, tokens_in
from blocking.models import Block, KnownBrowser
from messagebox.models import Delivery
from tests import factories
from tests.blocking.browsers import COOKIE, enter, kept_by, signed_out, with_cookie
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def garbled(value):
    return [
        "",
        "x",
        "." * 50,
        value[:-1],
        value[::-1],
        value + "x",
        "0" * 5000,
        ".".join([value] * 40),
        "\u00e9\u00df",
        "\x00",
        Signer().sign("iets"),
        Signer(salt="blocking.device_cookie").sign(""),
        Signer(key="van iemand anders" * 5, salt="blocking.device_cookie").sign(value.split(":")[0]),
    ]


def test_a_garbled_forged_or_oversized_cookie_is_a_strangers(anna, known):
    for _ in range(5):
        enter(anna)
    for value in garbled(kept_by(known)):
        assert not enter(anna, PASSWORD, with_cookie(value)), value


def test_the_cookie_of_another_account_is_a_strangers(anna, noord, known):
    other = factories.account(noord, "Bea")
    browser = Client()
    assert enter(other, PASSWORD, browser)
    for _ in range(5):
        enter(anna)
    assert not enter(anna, PASSWORD, with_cookie(kept_by(browser)))


def test_a_browser_not_seen_for_over_a_year_is_a_stranger(anna, known):
    KnownBrowser.objects.update(last_seen_at=timezone.now() - timedelta(days=401))
    for _ in range(5):
        enter(anna)
    assert Block.objects.get().scope == BlockScope.EVERYWHERE
    assert not enter(anna, PASSWORD, known)


def test_the_name_is_new_at_each_sign_in_and_the_one_before_is_good_once_more(anna, known):
    first = kept_by(known)
    assert enter(anna, PASSWORD, known)
    second = kept_by(known)
    assert tokens_in(first) != tokens_in(second)
    assert KnownBrowser.objects.count() == 1
    assert enter(anna, PASSWORD, with_cookie(first))
    assert KnownBrowser.objects.count() == 1
    assert not Delivery.objects.filter(template="new_browser").exists()


def test_a_name_two_sign_ins_old_is_a_strangers(anna, known):
    first = kept_by(known)
    for _ in range(2):
        assert enter(anna, PASSWORD, signed_out(known))
    for _ in range(5):
        enter(anna)
    assert not enter(anna, PASSWORD, with_cookie(first))


def test_the_portal_keeps_no_name_that_a_thief_of_the_database_could_use(anna, known):
    browser = KnownBrowser.objects.get()
    assert all(token not in str(vars(browser)) for token in tokens_in(kept_by(known)))


def test_the_newest_ten_count(anna):
    browsers = [Client() for _ in range(11)]
    for browser in browsers:
        assert enter(anna, PASSWORD, browser)
    assert KnownBrowser.objects.count() == 10
    for _ in range(5):
        enter(anna)
    assert not enter(anna, PASSWORD, signed_out(browsers[0]))
    assert enter(anna, PASSWORD, signed_out(browsers[1]))


def test_one_browser_is_known_to_several_accounts_up_to_a_bound(noord):
    crowd = [factories.account(noord, f"Collega {number}") for number in range(ACCOUNTS_PER_BROWSER + 1)]
    desk = Client()
    for person in crowd:
        assert enter(person, PASSWORD, signed_out(desk))
    assert len(tokens_in(kept_by(desk))) == ACCOUNTS_PER_BROWSER
    for person in (crowd[0], crowd[1]):
        for _ in range(5):
            enter(person)
    assert not enter(crowd[0], PASSWORD, signed_out(desk))
    assert enter(crowd[1], PASSWORD, signed_out(desk))


def test_the_cookie_says_nothing_about_who_signs_in_and_no_script_reads_it(anna, known):
    morsel = known.cookies[COOKIE]
    assert anna.user_number not in morsel.value
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    assert morsel["max-age"] == 400 * 24 * 3600


def test_a_refused_entry_sets_no_cookie(anna):
    browser = Client()
    enter(anna, browser=browser)
    assert COOKIE not in browser.cookies


def test_a_browser_is_known_for_as_long_as_it_comes_by(anna):
    browser = Client()
    with time_machine.travel("2026-01-05 09:00:00+01:00") as clock:
        assert enter(anna, PASSWORD, browser)
        clock.shift(timedelta(days=300))
        assert enter(anna, PASSWORD, signed_out(browser))
        clock.shift(timedelta(days=300))
        for _ in range(5):
            enter(anna)
        assert enter(anna, PASSWORD, signed_out(browser))


def test_a_stranger_by_age_stays_one_while_another_browser_is_known(anna, known):
    KnownBrowser.objects.update(last_seen_at=timezone.now() - timedelta(days=401))
    fresh = Client()
    assert enter(anna, PASSWORD, fresh)
    for _ in range(5):
        enter(anna)
    assert Block.objects.get().scope == BlockScope.STRANGERS
    assert not enter(anna, PASSWORD, known)
    assert enter(anna, PASSWORD, signed_out(fresh))
