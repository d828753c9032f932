"""The list: blocked first, longest waiting first, then by name; pages that lose and repeat nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import AccountState
from blocking.choices import BlockReason
from blocking.models import Block
from tests import factories
from tests.desk.conftest import LIST, account_address, lift_address, lifted, many_accounts, names_on, query_of, text_of

pytestmark = pytest.mark.django_db


def test_one_line_counts(signed_in, anja, noord, noord_software):
    many_accounts(noord, 40, blocked=3)
    factories.account(noord, "Vertrokken", state=AccountState.REMOVED)
    factories.block(noord_software, BlockReason.PIN)

    assert "3 van 41 gebruikers geblokkeerd" in text_of(signed_in(anja).get(LIST))


def test_who_is_blocked_twice_counts_once_and_waits_since_the_first(signed_in, anja, noord, anna):
    other = factories.account(noord, "Karel Kok")
    factories.block(other, opened_at=factories.a_moment_ago(hours=2))
    factories.block(anna, BlockReason.PIN, opened_at=factories.a_moment_ago(hours=1))
    factories.block(anna, BlockReason.PASSWORD, opened_at=factories.a_moment_ago(hours=3))
    page = signed_in(anja).get(LIST)

    assert "2 van 3 gebruikers geblokkeerd" in text_of(page)
    assert names_on(page) == ["Anna de Boer", "Karel Kok", "Anja Visser"]
    assert "Wachtwoord geblokkeerd" in text_of(page)
    assert "Pincode geblokkeerd" in text_of(page)


def test_two_blocks_of_the_same_moment_show_their_account_once(signed_in, anja, anna):
    at = timezone.now() - timedelta(hours=1)
    factories.block(anna, BlockReason.PIN, opened_at=at)
    factories.block(anna, BlockReason.PASSWORD, opened_at=at)

    assert names_on(signed_in(anja).get(LIST)) == ["Anna de Boer", "Anja Visser"]


def test_blocked_first_longest_waiting_first_then_by_name(signed_in, anja, noord):
    people = [factories.account(noord, name) for name in ("Zoë", "Bo", "Yara", "Cas")]
    factories.block(people[0], opened_at=factories.a_moment_ago(hours=1))
    factories.block(people[2], opened_at=factories.a_moment_ago(days=4))
    lifted(factories.block(people[1]), anja)

    assert names_on(signed_in(anja).get(LIST)) == ["Yara", "Zoë", "Anja Visser", "Bo", "Cas"]


def test_a_lifted_account_leaves_the_top(signed_in, anja, anna, blocked):
    browser = signed_in(anja)
    assert names_on(browser.get(LIST))[0] == anna.name
    assert lift_address(blocked) in browser.get(LIST).content.decode()

    lifted(blocked, anja)
    page = browser.get(LIST)
    assert "0 van 2 gebruikers geblokkeerd" in text_of(page)
    assert lift_address(blocked) not in page.content.decode()


@pytest.mark.parametrize("blocked_count", [0, 3, 25, 30, 60])
def test_paging_on_and_back_shows_everybody_exactly_once(signed_in, anja, noord, blocked_count):
    everybody = [account.name for account in many_accounts(noord, 60, blocked=blocked_count)]
    expected = [*everybody[:blocked_count], "Anja Visser", *everybody[blocked_count:]]
    browser = signed_in(anja)

    page = browser.get(LIST)
    there = [names_on(page)]
    while query := query_of(page, "next"):
        page = browser.get(f"{LIST}{query}")
        there.append(names_on(page))
    assert [name for names in there for name in names] == expected

    back = [names_on(page)]
    while query := query_of(page, "prev"):
        page = browser.get(f"{LIST}{query}")
        back.insert(0, names_on(page))
    assert back == there


def test_pages_may_be_asked_by_number(signed_in, anja, noord):
    everybody = [account.name for account in many_accounts(noord, 60, blocked=30)]
    expected = [*everybody[:30], "Anja Visser", *everybody[30:]]
    browser = signed_in(anja)

    for number, shown in enumerate([expected[:25], expected[25:50], expected[50:]], start=1):
        assert names_on(browser.get(LIST, {"page": number})) == shown
    assert query_of(browser.get(LIST, {"page": 1}), "prev") is None
    assert query_of(browser.get(LIST, {"page": 3}), "next") is None


def test_equal_names_are_paged_too(signed_in, anja, noord):
    accounts = many_accounts(noord, 60)
    for account in accounts:
        account.name = "Jan Jansen"
    type(accounts[0]).objects.bulk_update(accounts, ["name"])
    browser = signed_in(anja)

    page = browser.get(LIST)
    seen = [row.account.pk for row in page.context["rows"]]
    while query := query_of(page, "next"):
        page = browser.get(f"{LIST}{query}")
        seen += [row.account.pk for row in page.context["rows"]]
    assert len(seen) == len(set(seen)) == 61


BAD_PAGES = [
    "0", "-1", "1.5", "²", "١", "99", "999999", "9" * 5000, "volgende", "terug-", "' OR 1=1", "{}",
    "00000000-0000-4000-8000-000000000000", "terug-00000000-0000-4000-8000-000000000000",
]  # fmt: skip


@pytest.mark.parametrize("asked", BAD_PAGES)
def test_a_page_that_makes_no_sense_is_the_first(signed_in, anja, noord, asked):
    many_accounts(noord, 30)
    browser = signed_in(anja)

    assert names_on(browser.get(LIST, {"page": asked})) == names_on(browser.get(LIST))


def test_somebody_elses_account_is_no_place_in_the_list(signed_in, anja, chris, noord):
    many_accounts(noord, 30)
    browser = signed_in(anja)

    assert names_on(browser.get(LIST, {"page": str(chris.public_id)})) == names_on(browser.get(LIST))


def test_addresses_hold_no_number_and_no_name(signed_in, anja, noord):
    many_accounts(noord, 60, blocked=5)
    page = signed_in(anja).get(LIST)

    addresses = [part.split('"')[0] for part in page.content.decode().split('href="')[1:]]
    for row in page.context["rows"]:
        assert not any(row.account.user_number in address for address in addresses)
        assert not any("Gebruiker" in address for address in addresses)


class TestTheAction:
    def test_is_a_button_where_one_may(self, signed_in, anja, blocked):
        page = signed_in(anja).get(LIST)
        assert lift_address(blocked) in page.content.decode()
        assert "Opheffen" in text_of(page)

    @pytest.mark.parametrize("reason", [BlockReason.SUPPORT, BlockReason.QUOTA])
    def test_is_a_sentence_where_only_support_may(self, signed_in, anja, anna, a_service, reason):
        service = a_service if reason == BlockReason.QUOTA else None
        block = factories.block(anna, reason, service=service)
        page = signed_in(anja).get(LIST)
        assert lift_address(block) not in page.content.decode()
        assert "Support heft dit op" in text_of(page)
        assert f"{account_address(anna)}" in page.content.decode()

    def test_is_a_sentence_on_ones_own_account(self, signed_in, anja):
        block = factories.block(anja)
        page = signed_in(anja).get(LIST)
        assert lift_address(block) not in page.content.decode()
        assert "Een andere contactpersoon" in text_of(page)

    def test_goes_to_support_when_the_budget_is_spent(self, signed_in, anja, anna):
        for _ in range(2):
            lifted(factories.block(anna), anja)
        block = factories.block(anna)
        page = signed_in(anja).get(LIST)
        assert lift_address(block) not in page.content.decode()
        assert "Support heft dit op" in text_of(page)

    def test_is_nothing_where_nothing_is_blocked(self, signed_in, anja, anna):
        page = signed_in(anja).get(LIST)
        assert "Opheffen" not in text_of(page)
        assert "/opheffen/" not in page.content.decode()


def test_hostile_names_are_shown_inert(signed_in, anja, noord):
    factories.block(factories.account(noord, "<script>alert(1)</script>"))
    page = signed_in(anja).get(LIST).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_thousand_is_counted_and_more_is_said(signed_in, anja, noord):
    many_accounts(noord, 1100, blocked=1050)

    assert "meer dan 1000 van meer dan 1000 gebruikers geblokkeerd" in text_of(signed_in(anja).get(LIST)).lower()
    assert Block.objects.open().count() == 1050
