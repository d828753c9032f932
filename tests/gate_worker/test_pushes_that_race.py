"""Whatever overtakes what, the store ends with what was committed last."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import Account, AccountVersion
from blocking.choices import BlockReason
from blocking.services import open_block
from gate.keys import AccountKeys
from gate.services.sweeping import sweep
from tests.gate_worker.asking import ask, fill, held, put_filling, read_for_filling
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)


def block(account: Account) -> None:
    assert open_block(account, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())


def key(account: Account) -> str:
    return AccountKeys.of(account.user_number).account


def test_a_fill_that_read_before_the_change_is_refused(store: Store, software: Account) -> None:
    """The gate reads, the block is committed, its push finds nothing to write over, and only then the fill arrives."""
    version, text = read_for_filling(software)
    block(software)
    assert not put_filling(store, software, version, text)
    assert ask(store, software) == {"support": 1}


def test_a_fill_that_read_before_the_change_is_refused_after_a_restart_of_the_store_too(
    store: Store, software: Account
) -> None:
    fill(store, software)
    version, text = read_for_filling(software)
    store.hset(key(software), "run", "an earlier start of the server")
    block(software)
    assert not put_filling(store, software, version, text)
    assert ask(store, software) == {"support": 1}


def test_word_of_a_change_goes_by_itself(store: Store, software: Account) -> None:
    block(software)
    assert 0 < store.ttl(key(software)) <= 60
    fill(store, software)
    assert store.ttl(key(software)) == -1


def test_an_older_push_changes_nothing(store: Store, software: Account) -> None:
    ask(store, software)
    newest = held(store, software)
    store.hset(key(software), "v", "1000")
    AccountVersion.objects.filter(pk=software.pk).update(version=999, pushed=0)
    sweep(store)
    assert held(store, software) == newest | {"v": "1000"}
