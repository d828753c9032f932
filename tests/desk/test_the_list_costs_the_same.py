"""At most eight statements, session, mandate and unread count included; as many for 10 accounts as for 10,000."""

import pytest

from blocking.choices import BlockReason
from tests import factories
from tests.desk.conftest import LIST, lifted, many_accounts

pytestmark = pytest.mark.django_db

AT_MOST = 8


@pytest.fixture
def statements(signed_in, query_counter):
    def asked_by(person, asked):
        browser = signed_in(person)
        with query_counter() as queries:
            assert browser.get(LIST, asked).status_code == 200
        return [query["sql"] for query in queries]

    return asked_by


def asked_of(organisation):
    free = organisation.accounts.get(name="Gebruiker 00007").public_id
    blocked = organisation.accounts.get(name="Gebruiker 00002").public_id
    return [
        {},
        {"q": "gebruiker"},
        {"q": "00003"},
        {"q": "30000000000"},
        {"status": "blocked"},
        {"status": "active", "q": "gebruiker"},
        {"reason": "password"},
        {"page": str(free)},
        {"page": f"terug-{free}"},
        {"page": str(blocked)},
        {"page": str(blocked), "q": "gebruiker"},
        {"page": "2"},
        {"page": "300"},
        {"page": "300", "q": "gebruiker"},
    ]


def test_the_same_number_of_statements_for_ten_and_for_ten_thousand(statements, anja, noord, chris, zuid):
    many_accounts(noord, 10, blocked=5)
    many_accounts(zuid, 10_000, blocked=5)

    few = [len(statements(anja, asked)) for asked in asked_of(noord)]
    many = [len(statements(chris, asked)) for asked in asked_of(zuid)]

    assert few == many
    assert max(few) <= AT_MOST


def test_neither_blocks_nor_their_history_cost_a_statement_each(statements, noord, anja, a_service):
    before = len(statements(anja, {}))
    for account in many_accounts(noord, 24):
        lifted(factories.block(account), anja)
        factories.block(account, BlockReason.PIN)
        factories.block(account, BlockReason.SUPPORT)
        factories.block(account, BlockReason.QUOTA, service=a_service)

    assert len(statements(anja, {})) == before <= AT_MOST


def test_hashes_of_secrets_are_not_even_read(statements, anja, noord):
    many_accounts(noord, 3, blocked=1)

    [listing] = [sql for sql in statements(anja, {}) if "UNION ALL" in sql]
    assert '"user_number"' in listing
    assert '"accounts_account"."pin"' not in listing
    assert '"accounts_account"."password"' not in listing
