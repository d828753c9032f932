"""Two acts on one account at the same moment: each counts as if they had come one after the other."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from blocking.choices import BlockReason, Door, LiftChannel, LiftReason
from blocking.models import Block, Budget, Tally
from blocking.refusals import LiftBudgetSpent
from blocking.services import Typed, check_secret, counting, hashing, lift_block, open_block
from blocking.services.counting import Entry
from blocking.services.voiding import void_secret
from messagebox.models import Delivery
from tests.factories import PASSWORD, by

_A_SIGN_OF_LIFE = timedelta(seconds=20)


def the_right_password(account):
    return Typed(Door.SIGN_IN, account.user_number, PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_an_attempt_is_never_taken_in_a_transaction_that_may_be_rolled_back(anna):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        check_secret(the_right_password(anna), by=by(), at=timezone.now())
    assert not Budget.objects.exists()


@pytest.mark.django_db
def test_a_late_right_answer_after_a_lift_gives_nothing_back(anna):
    typed = the_right_password(anna)
    entry = Entry(anna, typed.secret, "strangers", typed.door, by(), timezone.now())
    late, _ = counting.reserve(entry), counting.reserve(entry)
    assert late is not None
    counting.start_afresh(anna, typed.secret)
    counting.reserve(entry)
    counting.give_back(late, entry)
    assert Budget.objects.get(account=anna).taken == 1


@pytest.mark.django_db
@pytest.mark.parametrize("reason", [BlockReason.PASSWORD, BlockReason.PIN, BlockReason.SUPPORT])
def test_a_block_opened_while_the_right_password_is_looked_at_refuses_it(anna, monkeypatch, reason):
    look = hashing.verify

    def looked_at_while_blocked(*args):
        open_block(anna, reason=reason, by=by(), at=timezone.now())
        return look(*args)

    monkeypatch.setattr(hashing, "verify", looked_at_while_blocked)
    assert check_secret(the_right_password(anna), by=by(), at=timezone.now()) is None


@pytest.mark.django_db
def test_a_secret_is_voided_and_told_once(anna):
    typed, at = the_right_password(anna), timezone.now()
    counting.reserve(Entry(anna, typed.secret, "strangers", typed.door, by(), at))
    for _ in range(2):
        void_secret(anna, typed.secret, by=by(), at=at)
    assert Tally.objects.get(account=anna).voided_at == at
    assert Delivery.objects.filter(template="secret_voided").count() == 1


def _wait_until_somebody_waits_for_a_lock(other: threading.Thread) -> None:
    """The other stands in line at the database, which is asked until it says so."""
    deadline = timezone.now() + _A_SIGN_OF_LIFE
    with connection.cursor() as cursor:
        while timezone.now() < deadline and other.is_alive():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
            if cursor.fetchone()[0]:
                return
    pytest.fail("the other did not wait")


@pytest.mark.django_db(transaction=True)
def test_of_two_lifts_at_once_only_one_fits_the_budget(anja, anna, settings):
    settings.PORTAL_LIFT_BUDGET = 1
    at = timezone.now()
    lift = partial(lift_block, by=by(anja), at=at, channel=LiftChannel.USER_ADMINISTRATION, reason=LiftReason.OTHER)
    first = open_block(anna, reason=BlockReason.PASSWORD, by=by(), at=at)
    second = open_block(anna, reason=BlockReason.PIN, by=by(), at=at)
    assert first
    assert second
    outcomes: list[object] = []

    def lift_the_second():
        try:
            outcomes.append(lift(second))
        except LiftBudgetSpent as refusal:
            outcomes.append(refusal)
        finally:
            connections.close_all()

    other = threading.Thread(target=lift_the_second)
    with transaction.atomic():
        lift(first)
        other.start()
        _wait_until_somebody_waits_for_a_lock(other)
    other.join()
    assert isinstance(outcomes[0], LiftBudgetSpent)
    assert list(Block.objects.open()) == [second]


@pytest.mark.django_db(transaction=True)
def test_a_lift_waits_for_the_count_before_it_holds_the_block(anja, anna):
    """The fifth wrong entry holds the count and then wants the block; the other way round both would wait for ever."""
    block = open_block(anna, reason=BlockReason.PASSWORD, by=by(), at=timezone.now())
    assert block
    typed = the_right_password(anna)
    counting.reserve(Entry(anna, typed.secret, "strangers", typed.door, by(), timezone.now()))
    channel, reason = LiftChannel.USER_ADMINISTRATION, LiftReason.OTHER

    def lift():
        try:
            lift_block(block, by=by(anja), at=timezone.now(), channel=channel, reason=reason)
        finally:
            connections.close_all()

    other = threading.Thread(target=lift)
    with transaction.atomic():
        counting.lock_budgets(anna, typed.secret)
        other.start()
        _wait_until_somebody_waits_for_a_lock(other)
        assert Block.objects.select_for_update(nowait=True, no_key=True).get(pk=block.pk).is_open
    other.join()
    assert not Block.objects.open().exists()
