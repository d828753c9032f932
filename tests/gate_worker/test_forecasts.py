"""At 80 and 95 percent of a quota the contact persons are told, once per window, with the client that uses most."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Account
from blocking.choices import QuotaWindow
from blocking.models import Forecast
from gate.keys import AccountKeys
from gate.services.events import work_up_events
from messagebox.models import Delivery, Message
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)

KIND = "blocking:quota_forecast"


def told() -> list[tuple[object, object, object]]:
    messages = Message.objects.filter(kind=KIND).order_by("pk")
    return [(each.parameters["window"], each.parameters["count"], each.parameters["client"]) for each in messages]


def test_each_threshold_is_told_once(store: Store, anja: Account, software: Account, limit: SetLimit) -> None:
    limit(20)
    ask(store, software, client="busy", times=10)
    ask(store, software, client="calm", times=10)
    work_up_events(store, at=timezone.now())
    assert told() == [("day", 16, "busy"), ("day", 19, "busy")]
    assert Delivery.objects.filter(message__kind=KIND, to_account=anja).count() == 2


def test_an_entry_that_comes_twice_is_told_once(
    store: Store, anja: Account, software: Account, limit: SetLimit
) -> None:
    limit(20)
    ask(store, software, times=20)
    stream = AccountKeys.of(software.user_number).stream
    for _, fields in store.xrange(stream):
        store.xadd(stream, fields)
    assert work_up_events(store, at=timezone.now()) == 4
    assert work_up_events(store, at=timezone.now()) == 0
    assert len(told()) == 2
    assert Forecast.objects.count() == 2


def test_a_store_that_forgot_and_counts_past_the_threshold_again_is_told_once(
    store: Store, anja: Account, software: Account, limit: SetLimit
) -> None:
    limit(20)
    ask(store, software, times=18)
    work_up_events(store, at=timezone.now())
    store.flushdb()
    ask(store, software, times=18)
    work_up_events(store, at=timezone.now())
    assert [count for _, count, _ in told() if count == 16] == [16]


def test_windows_are_told_apart_and_minutes_not_at_all(
    store: Store, anja: Account, software: Account, limit: SetLimit
) -> None:
    for window in QuotaWindow:
        limit(5, window)
    ask(store, software, times=5)
    work_up_events(store, at=timezone.now())
    assert sorted(str(window) for window, _, _ in told()) == ["day", "hour"]


def test_chris_is_told_nothing(store: Store, anja: Account, chris: Account, software: Account, limit: SetLimit) -> None:
    limit(5)
    ask(store, software, times=5)
    work_up_events(store, at=timezone.now())
    assert set(Message.objects.values_list("organisation", flat=True)) == {software.organisation_id}
