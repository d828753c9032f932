"""The cumulative cap: a secret that was guessed wrongly too often is itself void."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import PORTAL, Actor
from accounts.choices import Secret
from accounts.models import Account
from accounts.services import record
from blocking.models import Tally
from blocking.services.notices import tell_secret_voided


def void_secret(account: Account, secret: Secret, *, by: Actor, at: datetime) -> None:
    """Void a secret, once: entries are refused from now on, until it gets a new value.

    The rightful user is told by mail. `by` is who typed the last wrong entry.
    """
    tally = Tally.objects.filter(account=account, secret=secret, voided_at=None)
    if not tally.update(voided_at=at):
        return
    record(
        f"account:{secret.value}:voided",
        by=PORTAL,
        at=at,
        account=account,
        parameters={"source_address": by.source_address},
    )
    tell_secret_voided(account, secret, at=at)
