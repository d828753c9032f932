"""On a browser that signed in before, a refused sign-in says why, since when, and who lifts it; never to strangers."""

import pytest
from django.test import Client

from blocking.choices import BlockReason, BlockScope
from blocking.models import Tally
from tests import factories
from tests.factories import PASSWORD, WRONG_PASSWORD, a_moment_ago
from tests.fixtures_signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

GENERAL = "Welke oorzaak het is, zeggen wij hier niet"


def enter(account, browser, password=PASSWORD):
    answer = browser.post("/inloggen/", {"user_number": account.user_number, "password": password})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def known_of():
    def signed_in_before(account):
        browser = Client()
        sign_in(account, browser)
        browser.post("/uitloggen/", follow=True)
        return browser

    return signed_in_before


@pytest.mark.parametrize(
    ("reason", "words", "lifter"),
    [
        (BlockReason.PASSWORD, "Wachtwoord geblokkeerd", "De contactpersoon van uw organisatie heft deze blokkade op"),
        (BlockReason.PIN, "Pincode geblokkeerd", "De contactpersoon van uw organisatie heft deze blokkade op"),
        (BlockReason.SUPPORT, "Geblokkeerd door Support", "Support heft deze blokkade op"),
        (BlockReason.QUOTA, "Quotum overschreden voor de dienst Controle op verzekering", "Support heft deze blokkade"),
    ],
)
def test_it_says_why_since_when_and_who_lifts_it(anna, a_service, known_of, reason, words, lifter):
    browser = known_of(anna)
    service = {"service": a_service} if reason == BlockReason.QUOTA else {}
    block = factories.block(anna, reason, opened_at=a_moment_ago(days=2), **service)
    page = enter(anna, browser)
    assert words in page
    assert lifter in page
    assert block.opened_at.isoformat()[:10] in page
    assert GENERAL not in page


def test_a_right_and_a_wrong_password_get_the_same_words_there(anna, known_of):
    browser = known_of(anna)
    factories.block(anna)
    right, wrong = (enter(anna, browser, password) for password in (PASSWORD, WRONG_PASSWORD))
    assert "Uw account is geblokkeerd" in right
    assert _without_token(right) == _without_token(wrong)


def _without_token(page):
    before, _, after = page.partition('name="csrfmiddlewaretoken" value="')
    return before + after.partition('"')[2]


def test_strangers_read_the_general_words(anna, known_of):
    known_of(anna)
    factories.block(anna)
    assert GENERAL in enter(anna, Client())


def test_who_is_known_to_another_account_reads_the_general_words(anna, noord, known_of):
    browser = known_of(factories.account(noord, "Bea"))
    factories.block(anna)
    assert GENERAL in enter(anna, browser)


def test_a_wrong_password_where_nothing_is_blocked_gets_the_general_words(anna, known_of):
    assert GENERAL in enter(anna, known_of(anna), WRONG_PASSWORD)


def test_a_block_against_strangers_is_not_told_where_it_does_not_hold(anna, known_of):
    browser = known_of(anna)
    factories.block(anna, scope=BlockScope.STRANGERS)
    assert GENERAL in enter(anna, browser, WRONG_PASSWORD)


def test_a_void_password_is_told_with_the_way_out(anna, known_of):
    browser = known_of(anna)
    Tally.objects.filter(account=anna).update(voided_at=a_moment_ago(hours=1))
    page = enter(anna, browser)
    assert "Uw wachtwoord is vervallen" in page
    assert "Kies een nieuw wachtwoord met uw pincode" in page


def test_a_person_of_support_is_told_that_a_colleague_lifts_it(sanne, known_of):
    browser = known_of(sanne)
    factories.block(sanne)
    assert "Een collega van Support heft deze blokkade op" in enter(sanne, browser)


def test_at_a_pgb_provider_support_lifts_it(dirk, known_of):
    browser = known_of(dirk)
    factories.block(dirk)
    page = enter(dirk, browser)
    assert "Support heft deze blokkade op" in page
    assert "De contactpersoon van uw organisatie" not in page
