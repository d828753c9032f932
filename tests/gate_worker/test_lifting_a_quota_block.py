"""A lift takes its crossing's mark away, and the probation lets queries past the quota until it is spent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Account
from blocking.choices import LiftChannel, LiftReason
from blocking.models import Block, Probation
from blocking.services.lifting import Allowance, Lift, lift_without_asking
from gate.keys import AccountKeys
from gate.services.events import work_up_events
from gate.services.journal import write_journal
from gate.services.sweeping import sweep
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask
from tests.gate_worker.counting import opened
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)

ALLOWED = 3


def work_up(store: Store) -> None:
    work_up_events(store, at=timezone.now())


def lift_with_probation(block: Block) -> Probation:
    """As Support's case does it: the lift and the allowance in one transaction."""
    at = timezone.now()
    allowance = Allowance(ALLOWED, until=at + timedelta(days=1))
    with transaction.atomic():
        lift = Lift(LiftChannel.PHONE, LiftReason.OTHER, allowance=allowance)
        lift_without_asking(block, by=PORTAL, at=at, lift=lift)
    return Probation.objects.get(account=block.account)


@pytest.fixture
def blocked(store: Store, anja: Account, software: Account, limit: SetLimit) -> Block:
    limit(2)
    assert ask(store, software, times=3) == {"ok": 2, "crossed": 1}
    work_up(store)
    return Block.objects.get()


def test_the_mark_is_gone_at_once_and_queries_pass(store: Store, software: Account, blocked: Block) -> None:
    lift_with_probation(blocked)
    assert not store.exists(AccountKeys.of(software.user_number).marks)
    assert ask(store, software) == {"ok": 1}


def test_what_was_used_of_it_is_journalled(store: Store, software: Account, blocked: Block) -> None:
    allowance = lift_with_probation(blocked)
    ask(store, software, times=2)
    write_journal(store, at=timezone.now())
    allowance.refresh_from_db()
    assert allowance.used == 2


def test_spent_it_blocks_anew_once(store: Store, software: Account, blocked: Block) -> None:
    lift_with_probation(blocked)
    assert ask(store, software, times=ALLOWED + 2) == {"ok": ALLOWED, "crossed": 1, "quota": 1}
    work_up(store)
    assert opened() == {"blocks": 2, "crossings": 2, "lines": 2, "messages": 2, "mails": 2}
    assert [block.is_open for block in Block.objects.order_by("pk")] == [False, True]


def test_a_store_that_forgot_does_not_give_it_again(store: Store, software: Account, blocked: Block) -> None:
    lift_with_probation(blocked)
    ask(store, software, times=2)
    write_journal(store, at=timezone.now())
    store.flushdb()
    assert ask(store, software, times=2) == {"ok": 1, "crossed": 1}


def test_the_crossing_that_comes_again_after_the_lift_opens_nothing(
    store: Store, software: Account, limit: SetLimit
) -> None:
    limit(2)
    ask(store, software, times=3)
    stream = AccountKeys.of(software.user_number).stream
    entries = [fields for _, fields in store.xrange(stream)]
    work_up(store)
    lift_with_probation(Block.objects.get())
    for fields in entries:
        store.xadd(stream, fields)
    work_up(store)
    assert opened()["blocks"] == 1
    assert ask(store, software) == {"ok": 1}


def test_the_lift_of_an_earlier_block_leaves_the_mark_of_a_later_crossing(
    store: Store, software: Account, blocked: Block
) -> None:
    """The second crossing waits to be worked up while the store hears once more that the first was lifted."""
    lift_with_probation(blocked)
    assert ask(store, software, times=ALLOWED + 1) == {"ok": ALLOWED, "crossed": 1}
    Account.objects.filter(pk=software.pk).update(state=AccountState.EXPIRED)
    Account.objects.filter(pk=software.pk).update(state=AccountState.ACTIVE)
    sweep(store)
    assert ask(store, software) == {"quota": 1}


def test_lifting_while_two_crossings_are_written_with_the_block_frees_the_account(
    store: Store, software: Account, blocked: Block
) -> None:
    """The store forgot everything just before it heard of the block, and the account crossed once more."""
    keys = AccountKeys.of(software.user_number)
    store.hset(keys.marks, "cov", "0" * 31 + "1")
    at = int(timezone.now().timestamp() * 1_000_000)
    later = {"kind": "crossing", "id": "0" * 31 + "1", "number": software.user_number, "service": "cov"}
    store.xadd(keys.stream, later | {"window": "day", "limit": "2", "count": "3", "at": str(at), "client": "one"})
    work_up(store)
    lift_with_probation(blocked)
    assert ask(store, software) == {"ok": 1}


def test_a_quota_that_was_raised_is_used_before_the_allowance(
    store: Store, software: Account, blocked: Block, limit: SetLimit
) -> None:
    limit(3)
    lift_with_probation(blocked)
    sweep(store)
    assert ask(store, software, times=5) == {"ok": 4, "crossed": 1}
