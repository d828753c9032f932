"""Accounts that nobody activates: their contact persons are reminded, and in the end they are removed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Account
from accounts.services import end_unused_account, locked_account
from blocking.models import ActivationReminder
from blocking.policy.activation import is_overdue, reminder_due
from blocking.queries.activation import waiting_to_activate
from blocking.services.life.telling import tell_not_activated, tell_to_activate


def tend_issued_accounts(*, at: datetime) -> tuple[int, int]:
    """How many were reminded of, how many removed. Each in a transaction of its own: what cannot be told keeps nobody
    else waiting. Safe to do twice, also at once."""
    waiting = list(waiting_to_activate())
    return sum(_remind(account, at) for account in waiting), sum(_remove(account, at) for account in waiting)


@transaction.atomic
def _remind(account: Account, at: datetime) -> bool:
    locked = locked_account(account.pk)
    days = _reminder_due(locked, at)
    if days is None or ActivationReminder.objects.filter(account=locked, days__gte=days).exists():
        return False
    ActivationReminder.objects.create(account=locked, days=days, reminded_at=at)
    tell_to_activate(locked, at=at)
    return True


@transaction.atomic
def _remove(account: Account, at: datetime) -> bool:
    """Whoever activated it a moment before has the lock first, and then there is nothing to remove."""
    locked, days = locked_account(account.pk), settings.PORTAL_ACTIVATION_DAYS
    if not _waits(locked) or not is_overdue(locked.issued_at or at, activation_days=days, at=at):
        return False
    end_unused_account(locked, slug="account:account:lapsed", by=PORTAL, at=at, parameters={"days": days})
    tell_not_activated(locked, days=days, at=at)
    return True


def _reminder_due(account: Account, at: datetime) -> int | None:
    if not _waits(account) or account.issued_at is None:
        return None
    return reminder_due(account.issued_at, activation_days=settings.PORTAL_ACTIVATION_DAYS, at=at)


def _waits(account: Account) -> bool:
    return account.state == AccountState.ISSUED
