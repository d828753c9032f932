"""A browser that signed in before has five tries of its own, and strangers cannot shut it out."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from accounts.models import AccountVersion, AuditEvent
from blocking.choices import BlockReason, BlockScope, LiftChannel, LiftReason
from blocking.device_cookie import ACCOUNTS_PER_BROWSER, tokens_in
from blocking.models import STRANGERS, Block, Budget, KnownBrowser
from blocking.services import lift_block
from messagebox.models import Delivery, Message
from tests import factories
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, WRONG_PIN, by

pytestmark = pytest.mark.django_db(transaction=True)

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


@pytest.fixture
def known(anna):
    """A browser on which Anna signed in before, and out again."""
    browser = Client()
    assert enter(anna, PASSWORD, browser)
    return signed_out(browser)


def kept_by(browser):
    return browser.cookies[COOKIE].value


def with_cookie(value):
    browser = Client()
    browser.cookies[COOKIE] = value
    return browser


def test_strangers_are_shut_out_and_the_known_browser_goes_on(anna, known):
    assert not any(enter(anna) for _ in range(5))
    block = Block.objects.get()
    assert (block.reason, block.scope, block.evidence_count) == (BlockReason.PASSWORD, BlockScope.STRANGERS, 5)
    assert not enter(anna, PASSWORD)
    assert enter(anna, PASSWORD, known)


def test_five_wrong_on_the_known_browser_too_shut_out_everybody(anna, anja, known):
    for _ in range(5):
        enter(anna)
    for _ in range(4):
        enter(anna, browser=known)
    assert Block.objects.get().scope == BlockScope.STRANGERS
    version = AccountVersion.objects.get(account=anna).version
    enter(anna, browser=known)
    block = Block.objects.get()
    assert (block.scope, block.is_open) == (BlockScope.EVERYWHERE, True)
    assert not enter(anna, PASSWORD, known)
    assert AuditEvent.objects.filter(slug="account:block:widened", account=anna).count() == 1
    assert AccountVersion.objects.get(account=anna).version > version
    assert [m.parameters.get("is_widened", False) for m in Message.objects.order_by("pk")] == [False, True]
    assert Delivery.objects.filter(template="block_opened", to_account=anna).count() == 2


def test_five_wrong_on_a_known_browser_alone_shut_out_everybody(anna, known):
    for _ in range(5):
        enter(anna, browser=known)
    assert Block.objects.get().scope == BlockScope.EVERYWHERE
    assert not enter(anna, PASSWORD)
    assert not enter(anna, PASSWORD, known)


def test_where_no_browser_is_known_strangers_shut_out_everybody(anna):
    for _ in range(5):
        enter(anna)
    assert Block.objects.get().scope == BlockScope.EVERYWHERE


def test_four_by_strangers_and_four_on_the_known_browser_block_nobody(anna, known):
    for _ in range(4):
        enter(anna)
        enter(anna, browser=known)
    assert not Block.objects.exists()
    assert enter(anna, PASSWORD, known)


def test_two_known_browsers_have_five_each(anna, known):
    other = Client()
    assert enter(anna, PASSWORD, signed_out(other))
    for _ in range(4):
        enter(anna, browser=known)
        enter(anna, browser=signed_out(other))
    assert not Block.objects.exists()


def test_signing_in_resets_the_count_of_its_own_browser_alone(anna, known):
    for _ in range(4):
        enter(anna)
        enter(anna, browser=known)
    assert enter(anna, PASSWORD, known)
    counts = dict(Budget.objects.filter(account=anna).values_list("browser_class", "wrong"))
    assert counts.pop(STRANGERS) == 4
    assert list(counts.values()) == [0]


def test_a_lift_gives_five_fresh_attempts_to_all(anna, anja, known):
    for _ in range(5):
        enter(anna)
        enter(anna, browser=known)
    lift_block(
        Block.objects.get(),
        by=by(anja),
        at=timezone.now(),
        channel=LiftChannel.USER_ADMINISTRATION,
        reason=LiftReason.FORGOTTEN,
    )
    assert set(Budget.objects.filter(account=anna).values_list("wrong", flat=True)) == {0}
    assert enter(anna, PASSWORD, known)


def test_a_pin_has_five_tries_on_each_and_blocks_everywhere(anna, known):
    for _ in range(4):
        enter_pin(anna)
        enter_pin(anna, browser=known)
    assert not Block.objects.exists()
    enter_pin(anna)
    assert Block.objects.get().scope == BlockScope.EVERYWHERE
    assert not enter_pin(anna, PIN, known)


def test_a_right_pin_resets_the_count_of_its_own_browser_alone(anna, known):
    for _ in range(4):
        enter_pin(anna)
        enter_pin(anna, browser=known)
    assert enter_pin(anna, PIN, known)
    counts = dict(Budget.objects.filter(account=anna, secret="pin").values_list("browser_class", "wrong"))
    assert counts.pop(STRANGERS) == 4
    assert list(counts.values()) == [0]


def test_the_cumulative_cap_counts_over_all_browsers(anna, known, settings):
    settings.PORTAL_CUMULATIVE_CAP = 6
    for _ in range(3):
        enter(anna)
        enter(anna, browser=known)
    assert not enter(anna, PASSWORD, known)
    assert AuditEvent.objects.filter(slug="account:password:voided").exists()


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


def test_the_rightful_user_hears_of_a_browser_that_joins_others(anna, known):
    assert not Delivery.objects.filter(template="new_browser").exists()
    assert enter(anna, PASSWORD)
    mail = Delivery.objects.get(template="new_browser")
    assert mail.to_account == anna
    assert enter(anna, PASSWORD, known)
    assert Delivery.objects.filter(template="new_browser").count() == 1


def test_signing_in_past_a_strangers_block_leaves_it_open(anna, known):
    for _ in range(5):
        enter(anna)
    assert enter(anna, PASSWORD, known)
    assert Block.objects.get().is_open


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
