"""Whatever goes wrong after an entry was counted, it stays counted."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from accounts.models import AuditEvent
from blocking.choices import BlockReason
from blocking.models import Attempt, Block, Budget
from messagebox.models import Message
from tests.factories import PASSWORD, PIN, WRONG_PASSWORD, WRONG_PIN
from tests.resilience.held import let_time_pass

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.resilience.views_that_fail")]


@pytest.fixture
def stranger():
    """Sees a server's mistake as a page 500, as a visitor does."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/mislukt/na-de-wacht/", "/mislukt/teruggedraaid/"])
def test_a_wrong_password_counts_when_the_view_fails_afterwards(stranger, anna, address):
    for _ in range(5):
        answer = stranger.post(address, {"user_number": anna.user_number, "password": WRONG_PASSWORD})
        assert answer.status_code == 500
    assert Budget.objects.get(account=anna).wrong == 5
    assert Block.objects.open().get(account=anna).reason == BlockReason.PASSWORD
    assert Message.objects.filter(about=anna).count() == 1
    assert AuditEvent.objects.filter(account=anna, slug="account:password:failed").count() == 5


def test_a_wrong_pin_counts_when_the_view_fails_afterwards(stranger, anna):
    for _ in range(5):
        stranger.post("/mislukt/na-de-pincode/", {"user_number": anna.user_number, "pin": WRONG_PIN})
    assert Block.objects.open().get(account=anna).reason == BlockReason.PIN


def test_a_right_password_gives_back_its_attempt_when_the_view_fails_afterwards(stranger, anna):
    for _ in range(6):
        stranger.post("/mislukt/na-de-wacht/", {"user_number": anna.user_number, "password": PASSWORD})
    assert Budget.objects.get(account=anna).taken == 0


def test_no_secret_is_looked_at_inside_a_transaction_that_could_forget_the_count(stranger, anna, counted):
    before = counted("password")
    for password in (WRONG_PASSWORD, PASSWORD):
        answer = stranger.post("/mislukt/in-een-transactie/", {"user_number": anna.user_number, "password": password})
        assert answer.status_code == 500
    assert counted("password") == before
    assert not Attempt.objects.exists()


def test_no_database_wraps_requests_in_transactions(settings):
    assert not any(database.get("ATOMIC_REQUESTS") for database in settings.DATABASES.values())


@contextmanager
def message_box_that_breaks():
    """The fifth wrong entry opens a block, and the message about it cannot be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_more_messages() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the message box is broken'; END $$;"
            "CREATE TRIGGER no_more_messages BEFORE INSERT ON messagebox_message "
            "FOR EACH ROW EXECUTE FUNCTION no_more_messages()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION no_more_messages() CASCADE")


def enter(stranger, account, password):
    return stranger.post("/inloggen/", {"user_number": account.user_number, "password": password}).status_code


def test_when_the_block_cannot_be_opened_the_attempt_stays_taken_and_the_block_comes_later(stranger, anna, counted):
    before = counted("password")
    with message_box_that_breaks():
        assert [enter(stranger, anna, WRONG_PASSWORD) for _ in range(5)] == [200, 200, 200, 200, 500]
        assert not Block.objects.exists(), "block, message and mail stand or fall together"
        assert enter(stranger, anna, PASSWORD) == 200
    let_time_pass()
    assert enter(stranger, anna, PASSWORD) == 200
    assert Block.objects.open().get(account=anna).evidence_count == 5
    assert counted("password") - before == 5


def test_a_right_pin_that_leads_to_nothing_costs_nothing(stranger, anna):
    for _ in range(6):
        typed = {"user_number": anna.user_number, "pin": PIN, "new_password": anna.name * 2}
        stranger.post("/wachtwoord-vergeten/", typed)
    assert Budget.objects.get(account=anna).taken == 0
