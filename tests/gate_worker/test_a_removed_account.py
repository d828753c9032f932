"""A removed account is refused at once, works again when that is undone, and leaves no mark behind when it is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import IdentityCheck
from accounts.models import Account
from accounts.services import finish_removals, remove_at_support, undo_removal
from gate.keys import AccountKeys
from gate.services.events import work_up_events
from tests.factories import by
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask
from tests.gate_worker.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)


def removed(software: Account, sanne: Account, **ago: float) -> None:
    at = timezone.now() - timedelta(**ago)
    remove_at_support(software, check=IdentityCheck.CALL_BACK, reason="Gaat weg", by=by(sanne), at=at)


def test_it_is_refused_at_once_and_works_again_when_undone(
    store: Store, anja: Account, sanne: Account, software: Account, limit: SetLimit
) -> None:
    limit(5)
    assert ask(store, software) == {"ok": 1}
    removed(software, sanne)
    assert ask(store, software) == {"inactive": 1}
    undo_removal(software, by=by(sanne), at=timezone.now())
    assert ask(store, software) == {"ok": 1}


def test_its_mark_is_gone_with_it(
    store: Store, anja: Account, sanne: Account, software: Account, limit: SetLimit
) -> None:
    limit(1)
    assert ask(store, software, times=2) == {"ok": 1, "crossed": 1}
    work_up_events(store, at=timezone.now())
    removed(software, sanne, minutes=31)
    assert store.exists(AccountKeys.of(software.user_number).marks)
    assert finish_removals(at=timezone.now()) == 1
    assert ask(store, software) == {"inactive": 1}
    assert not store.exists(AccountKeys.of(software.user_number).marks)


def test_a_crossing_that_comes_afterwards_blocks_nobody(
    store: Store, anja: Account, sanne: Account, software: Account, limit: SetLimit
) -> None:
    limit(1)
    assert ask(store, software, times=2) == {"ok": 1, "crossed": 1}
    removed(software, sanne, minutes=31)
    assert finish_removals(at=timezone.now()) == 1
    work_up_events(store, at=timezone.now())
    assert not software.blocks.exists()
