"""The store is compared with PostgreSQL account by account; what differs is repaired and reported."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import Account, AccountVersion
from blocking.choices import BlockReason
from blocking.models import Block
from blocking.services import open_block
from gate import metrics
from gate.keys import AccountKeys
from gate.queries.versions import versions_from
from gate.services import reconciling
from gate.services.pushing import repair
from gate.services.reconciling import Reconciliation, reconcile
from gate.services.sweeping import sweep
from tests.gate_worker.asking import ask, held
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)


def walk(store: Store) -> int:
    """A whole walk; how many slices it took."""
    walking, slices = Reconciliation(), 1
    while walking.go_on(store):
        slices += 1
    return slices


def counted(found: str) -> float:
    return float(metrics.reconciled.labels(found=found)._value.get())


def key(account: Account) -> str:
    return AccountKeys.of(account.user_number).account


@pytest.fixture
def told(store: Store, software: Account, anna: Account) -> Account:
    """The software, known to the store, while nothing waits to be told."""
    sweep(store)
    ask(store, software)
    return software


def test_what_is_right_is_left_alone(store: Store, told: Account, caplog: pytest.LogCaptureFixture) -> None:
    before = held(store, told)
    walk(store)
    assert held(store, told) == before
    assert "repaired" not in caplog.text


def test_a_push_that_got_lost_in_the_store_is_repaired(
    store: Store, told: Account, caplog: pytest.LogCaptureFixture
) -> None:
    """As after a loss of power: PostgreSQL knows that it told the store, and the store forgot."""
    old, counted_before = held(store, told), counted("older")
    open_block(told, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())
    store.hset(key(told), mapping=old)
    assert ask(store, told) == {"ok": 1}
    walk(store)
    assert ask(store, told) == {"support": 1}
    assert counted("older") == counted_before + 1
    assert "differed from PostgreSQL and was repaired: 0 newer, 1 older" in caplog.text


def test_a_database_that_was_put_back_from_a_copy_wins(
    store: Store, told: Account, caplog: pytest.LogCaptureFixture
) -> None:
    store.hset(key(told), mapping={"v": "1000", "refusal": "support", "lifter": "support"})
    assert ask(store, told) == {"support": 1}
    walk(store)
    assert ask(store, told) == {"ok": 1}
    assert "1 newer" in caplog.text


def test_a_push_that_comes_in_between_is_no_difference(store: Store, told: Account) -> None:
    seen = versions_from(after=0, at_most=100)
    open_block(told, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())
    assert reconcile(seen, store) == {"older": 0, "newer": 0}
    assert ask(store, told) == {"support": 1}


def test_a_repair_leaves_a_version_alone_that_is_not_the_one_that_was_found(store: Store, told: Account) -> None:
    store.hset(key(told), "v", "1000")
    assert repair({told.pk: 999}, store) == 0
    assert held(store, told)["v"] == "1000"


def test_what_is_on_its_way_is_left_to_who_brings_it(store: Store, told: Account) -> None:
    AccountVersion.objects.filter(pk=told.pk).update(version=1000)
    assert reconcile(versions_from(after=0, at_most=100), store) == {"older": 0, "newer": 0}


def test_accounts_that_the_store_does_not_know_are_no_difference(store: Store, software: Account) -> None:
    sweep(store)
    assert reconcile(versions_from(after=0, at_most=100), store) == {"older": 0, "newer": 0}
    assert "v" not in held(store, software)


def test_a_mark_stays_whatever_is_repaired(store: Store, told: Account) -> None:
    store.hset(AccountKeys.of(told.user_number).marks, "cov", "a crossing that nobody worked up yet")
    store.hset(key(told), "v", "1000")
    walk(store)
    assert ask(store, told) == {"quota": 1}
    assert not Block.objects.exists()


def test_it_walks_in_slices_and_begins_again(store: Store, told: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "SLICE", 1)
    accounts = AccountVersion.objects.count()
    assert accounts > 1
    walking = Reconciliation()
    for _ in range(2):
        store.hset(key(told), "v", "1000")
        assert [walking.go_on(store) for _ in range(accounts + 1)] == [True] * accounts + [False]
        assert held(store, told)["v"] != "1000"
