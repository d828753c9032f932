"""What can never be worked up is dropped loudly and keeps nothing waiting; what may go better later is kept."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.models import Account
from blocking.models import Block
from gate import metrics
from gate.keys import AccountKeys
from gate.services import events
from gate.services.events import work_up_events
from tests.gate_worker.counting import ONE_OF_EACH, opened
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)

Add = Callable[..., None]


@pytest.fixture
def add(store: Store, software: Account, anja: Account) -> Add:
    """`add(service="gone")` appends a crossing of the software with these fields to its stream."""

    def to_stream(**fields: str) -> None:
        at = int(timezone.now().timestamp() * 1_000_000)
        crossing = {
            "kind": "crossing",
            "id": uuid4().hex,
            "number": software.user_number,
            "service": "cov",
            "window": "day",
            "limit": "5",
            "count": "6",
            "at": str(at),
            "client": "192.0.2.9",
        }
        store.xadd(AccountKeys.of(software.user_number).stream, crossing | fields)

    return to_stream


def waiting(store: Store, account: Account) -> int:
    return int(store.xlen(AccountKeys.of(account.user_number).stream))


def counted(kind: str, outcome: str) -> float:
    return float(metrics.events.labels(kind=kind, outcome=outcome)._value.get())


@pytest.mark.parametrize(
    "odd",
    [
        {"number": "99999999999999"},
        {"number": "\0"},
        {"service": "gone"},
        {"service": ""},
        {"window": "week"},
        {"count": "many"},
        {"count": "99999999999"},
        {"limit": "-1"},
        {"id": "no id"},
        {"at": "9" * 30},
        {"at": "253402300799000000"},
        {"at": "-62135596800000000"},
    ],
    ids=str,
)
def test_a_crossing_that_makes_no_sense_is_dropped(
    store: Store, software: Account, add: Add, odd: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    before = counted("crossing", "dropped")
    add(**odd)
    add()
    assert work_up_events(store, at=timezone.now()) == 2
    assert waiting(store, software) == 0
    assert counted("crossing", "dropped") == before + 1
    assert "can never be worked up" in caplog.text
    assert opened() == ONE_OF_EACH, "the one behind it"


def test_other_kinds_and_bare_entries_are_dropped(store: Store, software: Account, add: Add) -> None:
    stream = AccountKeys.of(software.user_number).stream
    store.xadd(stream, {"kind": "celebration"})
    store.xadd(stream, {b"\xff": b"\xfe"})
    work_up_events(store, at=timezone.now())
    assert waiting(store, software) == 0


def test_what_a_client_calls_itself_becomes_inert_and_fits(store: Store, add: Add) -> None:
    add(client="\0\u202e" + "x" * 100)
    work_up_events(store, at=timezone.now())
    assert Block.objects.get().client == "x" * 64


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not finished seems left behind at once."""
    monkeypatch.setattr(events, "LEFT_BEHIND_AFTER_MILLISECONDS", 0)


def test_an_outage_of_the_database_loses_nothing(
    store: Store, software: Account, add: Add, no_waiting: None, settings
) -> None:
    add()
    connection.close()
    port, connection.settings_dict["PORT"] = connection.settings_dict["PORT"], 1
    try:
        with pytest.raises(OperationalError):
            work_up_events(store, at=timezone.now())
    finally:
        connection.settings_dict["PORT"] = port
    assert waiting(store, software) == 1
    work_up_events(store, at=timezone.now())
    assert opened() == ONE_OF_EACH


def test_a_mistake_that_nobody_foresaw_keeps_nobody_else_waiting(
    store: Store, software: Account, add: Add, no_waiting: None, caplog: pytest.LogCaptureFixture
) -> None:
    """As when a rule of the database is broken: the event waits for who mends it, and the next one is worked up."""
    rule = 'ALTER TABLE blocking_crossing ADD CONSTRAINT odd CHECK ("limit" <> 13)'
    with connection.cursor() as cursor:
        cursor.execute(rule)
    try:
        add(limit="13")
        add()
        work_up_events(store, at=timezone.now())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE blocking_crossing DROP CONSTRAINT odd")
    assert opened() == ONE_OF_EACH
    assert waiting(store, software) == 1
    assert "is taken again" in caplog.text
    work_up_events(store, at=timezone.now())
    assert waiting(store, software) == 0
