"""A secret past the cumulative cap: shown wherever a contact person looks, with the way to a new one."""

import pytest

from blocking.choices import BlockReason
from blocking.models import Tally
from tests import factories
from tests.desk.conftest import BULK, LIST, account_address, lift_address, many_accounts, text_of

pytestmark = pytest.mark.django_db

LIFT = {"reason": "other"}


def void(account, *secrets):
    for secret in secrets:
        Tally.objects.create(account=account, secret=secret, voided_at=factories.a_moment_ago(hours=1))


class TestTheList:
    def test_says_so_beside_the_state_and_beside_the_blocks(self, signed_in, anja, anna, noord):
        void(anna, "password")
        blocked = factories.account(noord, "Karel Kok")
        factories.block(blocked)
        void(blocked, "pin")
        page = text_of(signed_in(anja).get(LIST))

        assert "Actief Wachtwoord vervallen" in page
        assert "Wachtwoord geblokkeerd Pincode vervallen" in page
        assert page.count("vervallen") == 2

    def test_reads_all_in_one_statement_and_eight_at_most(self, signed_in, anja, noord, query_counter):
        for account in many_accounts(noord, 24, blocked=5):
            void(account, "password", "pin")
        browser = signed_in(anja)

        with query_counter() as queries:
            assert text_of(browser.get(LIST)).count("Pincode vervallen") == 24
        assert len(queries) <= 8

    def test_a_new_secret_takes_it_away(self, signed_in, anja, anna):
        void(anna, "pin")
        Tally.objects.update(voided_at=None)
        assert "vervallen" not in text_of(signed_in(anja).get(LIST))


class TestTheAccountPage:
    def test_a_void_password_is_replaced_by_the_user_with_the_pin(self, signed_in, anja, anna):
        void(anna, "password")
        page = signed_in(anja).get(account_address(anna))

        assert "Het wachtwoord is vervallen" in text_of(page)
        assert "Vraag Anna de Boer om met de pincode een nieuw wachtwoord te kiezen" in text_of(page)
        assert 'href="/wachtwoord-vergeten/"' in page.content.decode()

    def test_about_a_void_pin_a_new_one_is_offered(self, signed_in, anja, anna):
        void(anna, "pin")
        page = signed_in(anja).get(account_address(anna))

        assert "De pincode is vervallen" in text_of(page)
        assert "Geef een nieuwe pincode uit" in text_of(page)
        assert f"{account_address(anna)}nieuwe-pincode/" in page.content.decode()

    def test_about_ones_own_void_pin_the_way_is_told(self, signed_in, anja):
        void(anja, "pin")
        assert 'href="/pincode-vergeten/"' in signed_in(anja).get(account_address(anja)).content.decode()

    def test_where_both_are_void_the_pin_comes_first(self, signed_in, anja, anna):
        void(anna, "password", "pin")
        page = text_of(signed_in(anja).get(account_address(anna)))

        assert page.index("De pincode is vervallen") < page.index("Het wachtwoord is vervallen")
        assert "Eerst is een nieuwe pincode nodig" in page

    def test_ones_own_is_told_to_oneself(self, signed_in, anja):
        void(anja, "password")
        assert "Kies met uw pincode een nieuw wachtwoord" in text_of(signed_in(anja).get(account_address(anja)))

    def test_the_software_has_a_pin_too(self, signed_in, anja, noord_software):
        void(noord_software, "pin")
        assert "De pincode is vervallen" in text_of(signed_in(anja).get(account_address(noord_software)))

    def test_it_is_the_accounts_own_state_too(self, signed_in, anja, anna):
        void(anna, "password")
        assert "Status Actief Wachtwoord vervallen" in text_of(signed_in(anja).get(account_address(anna)))


class TestLifting:
    """A lift gives new attempts, and none of them would do."""

    @pytest.fixture
    def blocked(self, anna):
        void(anna, "password")
        return factories.block(anna)

    def test_the_question_does_not_promise_attempts(self, signed_in, anja, blocked):
        page = text_of(signed_in(anja).get(lift_address(blocked)))

        assert "nieuwe pogingen" not in page
        assert "Wachtwoord vervallen blijft: de gebruiker kiest met de pincode een nieuw wachtwoord." in page

    def test_the_other_secret_has_its_attempts(self, signed_in, anja, anna, blocked):
        other = factories.block(anna, BlockReason.PIN)
        assert "nieuwe pogingen" in text_of(signed_in(anja).get(lift_address(other)))

    def test_the_answer_says_what_is_needed_besides(self, signed_in, anja, anna, blocked):
        page = text_of(signed_in(anja).post(lift_address(blocked), LIFT, follow=True))

        assert "Blokkade opgeheven" in page
        assert "Hieronder staat wat Anna de Boer nog nodig heeft" in page
        assert "opnieuw in te loggen" not in page

    def test_of_a_void_pin_the_way_to_a_new_one_is_told(self, signed_in, anja, anna):
        void(anna, "pin")
        page = text_of(signed_in(anja).get(lift_address(factories.block(anna, BlockReason.PIN))))

        assert "Pincode vervallen blijft: geef op de pagina van het account een nieuwe pincode uit." in page

    @pytest.mark.parametrize("said", [{}, LIFT])
    def test_lifted_with_others_it_is_said_too(self, signed_in, anja, blocked, said):
        page = text_of(signed_in(anja).post(BULK, {"block": str(blocked.public_id), **said}))

        assert "Wachtwoord vervallen blijft: de gebruiker kiest met de pincode een nieuw wachtwoord." in page
        assert "kunnen het opnieuw proberen" not in page
