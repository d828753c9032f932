"""Removing somebody in a test, as a contact person does, and letting the time pass."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

from django.db import connections
from django.utils import timezone

from accounts.models import Account
from accounts.refusals import Refusal
from accounts.services import finish_removals, remove_account
from tests.factories import by


def removed_by(account: Account, remover: Account, *, at: datetime | None = None) -> Account:
    """Pending; `gone` makes it final."""
    return remove_account(account, by=by(remover), at=at or timezone.now())


def gone(account: Account, remover: Account) -> Account:
    """Removed half an hour and a second ago, and finished now."""
    removed_by(account, remover, at=timezone.now() - timedelta(minutes=30, seconds=1))
    assert finish_removals(at=timezone.now()) == 1
    return Account.objects.get(pk=account.pk)


def at_once(*acts: Callable[[], object]) -> list[Any]:
    """What each returned, or was refused with, when all were let go together."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
