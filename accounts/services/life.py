"""The steps of an account's life that the ground floor knows: issued, activated, ended before it began.

What leads to them (requests, PINs, doors) is the business of higher floors: ADR 0018.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.choices import AccountState, RemovalStep
from accounts.models import Account
from accounts.services.audit import Parameters, record
from accounts.services.changes import announce_change
from accounts.services.ending import end_account


@transaction.atomic
def issue_account(account: Account, *, by: Actor, at: datetime) -> None:
    """From now on it waits to be activated. The account is locked by the caller. Audited."""
    account.state, account.issued_at = AccountState.ISSUED, at
    account.save(update_fields=["state", "issued_at"])
    record("account:account:issued", by=by, at=at, account=account)
    announce_change([account.pk])


@transaction.atomic
def activate_account(account: Account, *, by: Actor, at: datetime) -> None:
    """From now on it is used. The account is locked by the caller. Audited."""
    account.state = AccountState.ACTIVE
    account.save(update_fields=["state"])
    record("account:account:activated", by=by, at=at, account=account)
    announce_change([account.pk])


@transaction.atomic
def end_unused_account(account: Account, *, slug: str, by: Actor, at: datetime, parameters: Parameters) -> None:
    """Remove an account that nobody ever used; `slug` says why. All that is let go of in a removal goes, the log stays.

    The account is locked by the caller, who tells whoever is to know.
    """
    end_account(account, RemovalStep.UNUSED, slug=slug, by=by, at=at, parameters=parameters)
