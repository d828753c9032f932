"""A mark of which no crossing is known still leads to a block, so that Support can lift it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import Account
from blocking.choices import QuotaWindow
from blocking.models import Block, Crossing, ServiceQuota
from gate.keys import AccountKeys
from gate.queries.versions import versions_from
from gate.services.events import work_up_events
from gate.services.reconciling import reconcile
from tests.cases import lifted_by_support
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask
from tests.gate_worker.counting import ONE_OF_EACH, opened
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)


def compare(store: Store) -> int:
    """How many crossings were brought back."""
    return reconcile(versions_from(after=0, at_most=100), store).get("marks", 0)


def work_up(store: Store) -> None:
    work_up_events(store, at=timezone.now())


def marks(store: Store, account: Account) -> dict[str, str]:
    return dict(store.hgetall(AccountKeys.of(account.user_number).marks))


@pytest.fixture
def crossed(store: Store, software: Account, anja: Account, limit: SetLimit) -> Account:
    """Past its quota, while nobody worked that up yet."""
    limit(1)
    assert ask(store, software, times=2) == {"ok": 1, "crossed": 1}
    return software


def test_a_crossing_that_waits_or_was_recorded_is_left_alone(store: Store, crossed: Account) -> None:
    assert compare(store) == 0
    work_up(store)
    assert compare(store) == 0
    assert opened() == ONE_OF_EACH


def test_a_lost_crossing_is_brought_back_once_and_can_be_lifted(store: Store, crossed: Account, sanne: Account) -> None:
    mark = marks(store, crossed)["cov"]
    store.delete(AccountKeys.of(crossed.user_number).stream)
    assert [compare(store), compare(store)] == [1, 0]
    work_up(store)
    assert opened() == ONE_OF_EACH
    crossing = Crossing.objects.get()
    assert (crossing.crossing_id.hex, crossing.window, crossing.limit) == (mark, QuotaWindow.DAY, 1)
    lifted_by_support(Block.objects.get(), sanne)
    assert marks(store, crossed) == {}
    assert ask(store, crossed) == {"ok": 1}


@pytest.mark.parametrize("odd", ["no id at all", "", "\ufffd"])
def test_a_mark_that_names_no_crossing_gets_one(store: Store, crossed: Account, sanne: Account, odd: str) -> None:
    keys = AccountKeys.of(crossed.user_number)
    store.delete(keys.stream)
    store.hset(keys.marks, "cov", odd)
    assert compare(store) == 1
    work_up(store)
    assert marks(store, crossed) == {"cov": Crossing.objects.get().crossing_id.hex}
    lifted_by_support(Block.objects.get(), sanne)
    assert ask(store, crossed) == {"ok": 1}


def test_a_mark_of_a_quota_that_was_dropped_can_be_lifted_too(store: Store, crossed: Account, sanne: Account) -> None:
    store.delete(AccountKeys.of(crossed.user_number).stream)
    ServiceQuota.objects.all().delete()
    assert compare(store) == 1
    work_up(store)
    lifted_by_support(Block.objects.get(), sanne)
    assert ask(store, crossed) == {"ok": 1}


def test_a_mark_of_a_service_that_the_account_may_not_query_waits(store: Store, crossed: Account) -> None:
    store.hset(AccountKeys.of(crossed.user_number).marks, "gone", uuid4().hex)
    assert compare(store) == 0
