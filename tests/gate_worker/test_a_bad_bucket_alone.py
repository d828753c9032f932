"""Something that is none of ours at one key of the store stops nobody else: it is told, and the others go on."""

from __future__ import annotations

import contextlib

import pytest
from django.utils import timezone

from accounts.models import Account, AccountVersion
from blocking.choices import BlockReason
from blocking.models import Block, UsageHour
from gate.keys import ALL_BUCKETS, AccountKeys, bucket_of
from gate.queries.versions import versions_from
from gate.rounds import PartlyAway
from gate.services.events import work_up_events
from gate.services.journal import write_journal
from gate.services.reconciling import Reconciliation, reconcile
from gate.services.sweeping import sweep
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask, held
from tests.gate_worker.counting import journalled
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)


def other(account: Account, key: str) -> str:
    """A key of the bucket before that of the account, which is the last one where that is the first."""
    return str(getattr(ALL_BUCKETS[bucket_of(account.user_number) - 1], key))


@pytest.mark.parametrize("key", ["stream", "journal", "draining"])
def test_a_key_of_another_type(store: Store, software: Account, anja: Account, limit: SetLimit, key: str) -> None:
    limit(2)
    ask(store, software, times=3)
    store.set(other(software, key), "a string")
    for turn in (work_up_events, write_journal):
        with contextlib.suppress(PartlyAway):
            turn(store, at=timezone.now())
    assert Block.objects.filter(account=software).exists()
    assert journalled() == {"192.0.2.9": 2}


def test_a_batch_whose_name_is_none(store: Store, software: Account) -> None:
    ask(store, software, times=3)
    store.hset(other(software, "draining"), mapping={"batch": "no name", "x": "1"})
    with pytest.raises(PartlyAway, match="draining and 0 other keys"):
        write_journal(store, at=timezone.now())
    assert journalled() == {"192.0.2.9": 3}


def test_a_journal_that_is_broken_keeps_no_crossing_of_its_own_bucket(
    store: Store, software: Account, anja: Account, limit: SetLimit
) -> None:
    limit(2)
    ask(store, software, times=3)
    store.set(ALL_BUCKETS[bucket_of(software.user_number)].draining, "a string")
    with pytest.raises(PartlyAway):
        work_up_events(store, at=timezone.now())
    assert Block.objects.filter(account=software).exists()
    assert not UsageHour.objects.exists()


def test_an_account_that_is_broken_keeps_no_other_from_being_swept_or_compared(
    store: Store, software: Account, anna: Account
) -> None:
    sweep(store)
    for account in (software, anna):
        ask(store, account)
    broken = AccountKeys.of(anna.user_number).account
    store.delete(broken)
    store.set(broken, "a string")
    for account in (anna, software):
        Block.objects.create(account=account, reason=BlockReason.SUPPORT, opened_at=timezone.now())
    with pytest.raises(PartlyAway):
        sweep(store)
    assert held(store, software)["refusal"] == "support"
    assert set(AccountVersion.objects.behind().values_list("pk", flat=True)) == {anna.pk}
    old = held(store, software) | {"v": "1", "refusal": ""}
    store.hset(AccountKeys.of(software.user_number).account, mapping=old)
    with pytest.raises(PartlyAway):
        reconcile(versions_from(after=0, at_most=100), store)
    assert held(store, software)["refusal"] == "support"


def test_a_walk_goes_on_beyond_what_it_cannot_compare(
    store: Store, software: Account, anna: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gate.services.reconciling.SLICE", 1)
    sweep(store)
    store.set(AccountKeys.of(min((software, anna), key=lambda each: each.pk).user_number).account, "a string")
    walking, told = Reconciliation(), 0
    for _ in range(AccountVersion.objects.count()):
        try:
            walking.go_on(store)
        except PartlyAway:
            told += 1
    assert told == 1
    assert not walking.go_on(store)
