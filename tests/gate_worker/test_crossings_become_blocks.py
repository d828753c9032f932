"""A crossing becomes one block with its evidence, a line in the log, a message and its mails, come it ever so often."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, Service
from blocking.models import Block, Crossing
from gate.keys import AccountKeys
from gate.services.events import work_up_events
from messagebox.models import Delivery, Message
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask
from tests.gate_worker.counting import ONE_OF_EACH, opened
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)


def work_up(store: Store) -> int:
    return work_up_events(store, at=timezone.now())


@pytest.fixture
def crossed(store: Store, anja: Account, software: Account, limit: SetLimit) -> Account:
    """Seven queries on a quota of five, most of them by one client."""
    limit(5)
    assert ask(store, software, client="busy", times=3) == {"ok": 3}
    assert ask(store, software, client="calm", times=2) == {"ok": 2}
    assert ask(store, software, client="calm", times=2) == {"crossed": 1, "quota": 1}
    return software


def test_one_of_each_with_its_evidence(store: Store, crossed: Account, a_service: Service) -> None:
    before = timezone.now()
    assert work_up(store) > 0
    assert opened() == ONE_OF_EACH
    block = Block.objects.get()
    assert (block.account, block.service, block.is_open) == (crossed, a_service, True)
    assert (block.evidence_count, block.quota_window, block.quota_limit) == (6, "day", 5)
    assert block.client == "busy", "the client that used most, not the one that happened to cross"
    assert before - timedelta(minutes=1) < block.opened_at <= timezone.now()
    crossing = Crossing.objects.get()
    assert (crossing.block, crossing.client) == (block, "calm")
    assert crossing.crossing_id.hex == store.hget(AccountKeys.of(crossed.user_number).marks, "cov")


def test_what_is_worked_up_is_gone_from_the_stream(store: Store, crossed: Account) -> None:
    work_up(store)
    keys = AccountKeys.of(crossed.user_number)
    assert store.xlen(keys.stream) == 0
    assert store.xpending(keys.stream, "portal")["pending"] == 0
    assert work_up(store) == 0


def test_a_crossing_that_comes_again_changes_nothing(store: Store, crossed: Account) -> None:
    stream = AccountKeys.of(crossed.user_number).stream
    entries = [fields for _, fields in store.xrange(stream)]
    for fields in entries * 2:
        store.xadd(stream, fields)
    assert work_up(store) == 3 * len(entries)
    assert opened() == ONE_OF_EACH


def test_a_crossing_while_the_block_is_open_is_written_down_with_it(
    store: Store, crossed: Account, limit: SetLimit
) -> None:
    """As when a store that forgot everything let the account cross once more before it heard of the block."""
    stream = AccountKeys.of(crossed.user_number).stream
    (fields,) = [fields for _, fields in store.xrange(stream) if fields["kind"] == "crossing"]
    work_up(store)
    store.xadd(stream, fields | {"id": "0" * 31 + "1"})
    work_up(store)
    assert opened() == ONE_OF_EACH + Counter(crossings=1)
    assert set(Crossing.objects.values_list("block", flat=True)) == {Block.objects.get().pk}


def test_the_block_is_in_the_store_and_no_other_service_suffers(
    store: Store, crossed: Account, an_other_service: Service
) -> None:
    work_up(store)
    store.delete(AccountKeys.of(crossed.user_number).marks)
    assert ask(store, crossed) == {"quota": 1}, "also without the mark: the block itself was pushed"
    assert ask(store, crossed, an_other_service.code) == {"ok": 1}


def test_a_clock_of_the_store_that_is_ahead_opens_no_block_in_the_future(store: Store, crossed: Account) -> None:
    stream = AccountKeys.of(crossed.user_number).stream
    for entry_id, fields in store.xrange(stream):
        store.xdel(stream, entry_id)
        store.xadd(stream, fields | {"at": str(int(fields["at"]) + 3_600_000_000)})
    work_up(store)
    assert Block.objects.get().opened_at <= timezone.now()


def test_chris_hears_nothing_of_it(store: Store, crossed: Account, chris: Account) -> None:
    work_up(store)
    assert not Message.objects.filter(organisation=chris.organisation).exists()
    assert not Delivery.objects.filter(to_account=chris).exists()
