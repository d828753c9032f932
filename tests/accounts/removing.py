"""Removing somebody in a test, as a contact person does, and letting the time pass."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Account
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
