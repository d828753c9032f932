"""What the store counted stands in the journal once, by hour, service, account and client."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.models import Account, Service
from blocking.choices import QuotaWindow
from blocking.models import JournalBatch, UsageHour
from blocking.services.quota import forget_batches
from blocking.windows import window_start
from gate import metrics
from gate.keys import ALL_BUCKETS, AccountKeys, Bucket, bucket_of
from gate.lua import script
from gate.services.journal import write_journal
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import allowed_left, ask
from tests.gate_worker.counting import journalled
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)


def write(store: Store) -> int:
    return write_journal(store, at=timezone.now())


def bucket(account: Account) -> Bucket:
    return ALL_BUCKETS[bucket_of(account.user_number)]


def set_apart(store: Store, account: Account) -> None:
    """As by a worker that was killed before it wrote anything."""
    of = bucket(account)
    store.eval(script("drain"), 2, of.journal, of.draining, uuid4().hex)


def test_counts_are_kept_apart_by_what_they_are_counted_by(
    store: Store, software: Account, a_service: Service, an_other_service: Service
) -> None:
    ask(store, software, client="one", times=3)
    ask(store, software, client="two", times=2)
    ask(store, software, "retour", client="one")
    assert write(store) == 1
    hour = window_start(QuotaWindow.HOUR, timezone.now())
    rows = UsageHour.objects.order_by("service__code", "client").values_list("hour", "service", "client", "queries")
    assert [row[1:] for row in rows] == [
        (a_service.pk, "one", 3),
        (a_service.pk, "two", 2),
        (an_other_service.pk, "one", 1),
    ]
    assert all(hour - timedelta(hours=1) <= row[0] <= hour for row in rows)


def test_counts_add_up_over_batches_and_nothing_is_left_in_the_store(store: Store, software: Account) -> None:
    for times in (3, 4):
        ask(store, software, client="one", times=times)
        write(store)
    assert journalled() == {"one": 7}
    assert write(store) == 0
    assert not store.exists(bucket(software).journal, bucket(software).draining)


def test_refused_queries_never_count(store: Store, software: Account, anja: Account, limit: SetLimit) -> None:
    limit(2)
    ask(store, software, client="one", times=5)
    ask(store, anja)
    write(store)
    assert journalled() == {"one": 2}


def test_a_batch_that_was_left_behind_is_written_and_what_came_later_follows(store: Store, software: Account) -> None:
    ask(store, software, client="one", times=3)
    set_apart(store, software)
    ask(store, software, client="one", times=4)
    write(store)
    assert journalled() == {"one": 3}
    write(store)
    assert journalled() == {"one": 7}


def test_a_batch_that_was_written_but_not_taken_away_is_written_once(store: Store, software: Account) -> None:
    ask(store, software, client="one", times=3)
    set_apart(store, software)
    copy = store.hgetall(bucket(software).draining)
    write(store)
    store.hset(bucket(software).draining, mapping=copy)
    write(store)
    assert journalled() == {"one": 3}
    assert not store.exists(bucket(software).draining)


def test_a_worker_that_was_overtaken_takes_no_younger_batch_away(store: Store, software: Account) -> None:
    ask(store, software, client="one", times=3)
    set_apart(store, software)
    old = store.hget(bucket(software).draining, "batch")
    write(store)
    ask(store, software, client="one", times=4)
    set_apart(store, software)
    assert store.eval(script("drained"), 1, bucket(software).draining, old) == 0
    write(store)
    assert journalled() == {"one": 7}


def test_an_outage_of_the_database_loses_nothing(store: Store, software: Account) -> None:
    ask(store, software, client="one", times=3)
    connection.close()
    port, connection.settings_dict["PORT"] = connection.settings_dict["PORT"], 1
    try:
        with pytest.raises(OperationalError):
            write(store)
    finally:
        connection.settings_dict["PORT"] = port
    ask(store, software, client="one", times=2)
    write(store), write(store)
    assert journalled() == {"one": 5}


def test_counts_of_nobody_and_nothing_are_told_and_the_rest_is_written(
    store: Store, software: Account, caplog: pytest.LogCaptureFixture
) -> None:
    before = metrics.unjournalled._value.get()
    ask(store, software, client="one", times=3)
    number, journal = software.user_number, bucket(software).journal
    store.hset(
        journal,
        mapping={
            "1700000000|99999999999999|cov|one": "5",
            f"1700000000|{number}|gone|one": "6",
            f"1700000000|{number}": "7",
            "a|none": "8",
            f"a|{'9' * 25}": "1",
            "a|1": "9" * 25,
            f"1700000000|{number}|cov|two": "9" * 25,
            f"1700000000|{number}|cov|three": "-5",
            f"253402300799|{number}|cov|four": "1",
            "x": "y",
        },
    )
    write(store)
    assert journalled() == {"one": 3}
    assert metrics.unjournalled._value.get() == before + 11
    assert "11 queries of unknown accounts or services" in caplog.text
    assert not store.exists(bucket(software).draining)


def test_clients_that_look_alike_once_they_are_inert_are_one(store: Store, software: Account) -> None:
    journal, number = bucket(software).journal, software.user_number
    store.hset(journal, mapping={f"1700000000|{number}|cov|one": "5", f"1700000000|{number}|cov|o\0ne": "6"})
    write(store)
    assert journalled() == {"one": 11}


def test_old_batches_are_forgotten_and_young_ones_known(store: Store, software: Account) -> None:
    now = timezone.now()
    for age in (timedelta(hours=25), timedelta(hours=1)):
        JournalBatch.objects.create(batch_id=uuid4(), written_at=now - age)
    assert forget_batches(before=now - timedelta(days=1)) == 1
    assert JournalBatch.objects.get().written_at == now - timedelta(hours=1)


def test_usage_never_starts_again_below_what_was_journalled(store: Store, software: Account, limit: SetLimit) -> None:
    limit(10)
    limit(8, QuotaWindow.HOUR)
    ask(store, software, times=4)
    write(store)
    store.flushdb()
    assert allowed_left(store, software) == {"day": 5, "hour": 3}
    assert ask(store, software, times=5) == {"ok": 3, "crossed": 1, "quota": 1}


def test_a_store_that_knows_more_than_the_journal_is_not_set_back(
    store: Store, software: Account, limit: SetLimit
) -> None:
    limit(10)
    ask(store, software, times=4)
    store.hset(AccountKeys.of(software.user_number).account, "run", "another start of the server")
    assert allowed_left(store, software) == {"day": 5}
