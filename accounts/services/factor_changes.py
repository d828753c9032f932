"""What every change of a second factor shares: its lock, its line in the log, and that the person hears of it."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from accounts.choices import FactorChange, Means
from accounts.models import Account
from accounts.services.audit import record
from accounts.signals import factor_changed


def lock_factors(account: Account) -> None:
    """Acts on one account's factors come one after the other."""
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def write_down(account: Account, change: FactorChange, means: Means, *, by: Actor, at: datetime) -> None:
    record(f"account:factor:{change.value}", by=by, at=at, account=account, parameters={"means": means.value})
    factor_changed.send(Account, account=account, change=change, means=means, left=0, by=by, at=at)
