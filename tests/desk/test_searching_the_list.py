"""Search and filters: plain GET fields, and whatever is typed is only text."""

import pytest

from accounts.choices import AccountState
from blocking.choices import BlockReason
from tests import factories
from tests.desk.conftest import LIST, many_accounts, names_on, query_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(noord, anja):
    made = {
        name: factories.account(noord, name)
        for name in ("Karel Kok", "Karin Kok-Bakker", "100% Zorg", "Onder_streep", "Émile Çelik", "O'Brien; --")
    }
    return made | {anja.name: anja}


@pytest.fixture
def search(signed_in, anja, people):
    return lambda **asked: signed_in(anja).get(LIST, asked)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("kar", ["Karel Kok", "Karin Kok-Bakker"]),
        ("KAREL", ["Karel Kok"]),
        ("kok karel", ["Karel Kok"]),
        ("  Kok   Bakker ", ["Karin Kok-Bakker"]),
        ("k", ["Karel Kok", "Karin Kok-Bakker", "Émile Çelik"]),
        ("çelik", ["Émile Çelik"]),
        ("%", ["100% Zorg"]),
        ("_", ["Onder_streep"]),
        ("100%", ["100% Zorg"]),
        ("o'brien; --", ["O'Brien; --"]),
        ("\\", []),
        ("zzz", []),
        ("<script>", []),
        ("{{ 7 }}", []),
    ],
)
def test_part_of_a_name(search, q, found):
    page = search(q=q)

    assert page.status_code == 200
    assert sorted(names_on(page)) == sorted(found)


def test_a_number_whole_in_part_or_with_spaces(search, people):
    karel = people["Karel Kok"]
    number = karel.user_number

    for typed in (number, f"{number[:4]} {number[4:8]} {number[8:]}", number[:13]):
        assert karel.name in names_on(search(q=typed))
    assert names_on(search(q=number)) == [karel.name]
    assert names_on(search(q=number[1:])) == []


def test_a_megabyte_of_text_finds_nothing_and_harms_nothing(search):
    page = search(q="k" * 1_000_000)

    assert page.status_code == 200
    assert names_on(page) == []
    assert len(page.content) < 100_000


def test_what_was_typed_stays_in_the_form_inert(search):
    page = search(q='"><script>x', status="blocked", reason="pin")

    assert 'value="&quot;&gt;&lt;script&gt;x"' in page.content.decode()
    assert '<option value="blocked" selected>' in page.content.decode()
    assert '<option value="pin" selected>' in page.content.decode()


def test_nothing_found_offers_to_clear_the_filters(search):
    page = text_of(search(q="zzz"))

    assert "Niets gevonden" in page
    assert "Wis filters" in page
    assert "Wis filters" not in text_of(search())


class TestStatus:
    @pytest.fixture
    def by_state(self, noord, anja):
        made = {state: factories.account(noord, f"Persoon {state.value}", state=state) for state in AccountState}
        factories.block(factories.account(noord, "Persoon blocked"))
        return made

    @pytest.mark.parametrize("state", [state for state in AccountState if state != AccountState.ACTIVE])
    def test_each_state_has_its_filter(self, signed_in, anja, by_state, state):
        assert names_on(signed_in(anja).get(LIST, {"status": state})) == [f"Persoon {state.value}"]

    def test_blocked(self, signed_in, anja, by_state):
        assert names_on(signed_in(anja).get(LIST, {"status": "blocked"})) == ["Persoon blocked"]

    def test_active_is_who_can_work(self, signed_in, anja, by_state):
        assert names_on(signed_in(anja).get(LIST, {"status": "active"})) == ["Anja Visser", "Persoon active"]

    @pytest.mark.parametrize("status", ["", "everything", "BLOCKED"])
    def test_without_one_that_exists_it_is_all_but_removed(self, signed_in, anja, by_state, status):
        names = names_on(signed_in(anja).get(LIST, {"status": status}))
        assert "Persoon removed" not in names
        assert len(names) == 7

    def test_an_expired_account_may_be_blocked_as_well(self, signed_in, anja, by_state):
        factories.block(by_state[AccountState.EXPIRED])
        assert names_on(signed_in(anja).get(LIST, {"status": "expired"})) == ["Persoon expired"]


class TestReason:
    @pytest.fixture
    def by_reason(self, noord, anja, a_service):
        for hours, reason in enumerate(BlockReason, start=1):
            person = factories.account(noord, f"Persoon {reason.value}")
            service = a_service if reason == BlockReason.QUOTA else None
            factories.block(person, reason, service=service, opened_at=factories.a_moment_ago(hours=hours))

    @pytest.mark.parametrize("reason", list(BlockReason))
    def test_each_reason_has_its_filter(self, signed_in, anja, by_reason, reason):
        assert names_on(signed_in(anja).get(LIST, {"reason": reason})) == [f"Persoon {reason.value}"]

    def test_the_order_stays_longest_waiting_first(self, signed_in, anja, by_reason):
        names = names_on(signed_in(anja).get(LIST, {"status": "blocked"}))
        assert names == ["Persoon support", "Persoon quota", "Persoon pin", "Persoon password"]

    def test_one_who_is_active_is_blocked_for_no_reason(self, signed_in, anja, by_reason):
        assert names_on(signed_in(anja).get(LIST, {"status": "active", "reason": "pin"})) == []


@pytest.mark.parametrize("matching", [60, 400])
def test_results_are_paged_with_their_filters_few_or_many(signed_in, anja, noord, matching):
    many_accounts(noord, matching, blocked=3)
    browser = signed_in(anja)

    page, seen = browser.get(LIST, {"q": "gebruiker 00"}), []
    while True:
        seen += names_on(page)
        query = query_of(page, "next")
        if query is None:
            break
        assert "q=gebruiker+00" in query
        page = browser.get(f"{LIST}{query}")
    assert seen == [f"Gebruiker {number:05d}" for number in range(1, matching + 1)]


def test_the_counting_line_stays_that_of_the_organisation(search, people):
    factories.block(people["Karel Kok"])

    assert "1 van 7 gebruikers geblokkeerd" in text_of(search(q="karin"))


def test_how_many_were_found_is_said(search):
    assert "2 gebruikers gevonden" in text_of(search(q="kok"))
    assert "1 gebruiker gevonden" in text_of(search(q="karel"))
