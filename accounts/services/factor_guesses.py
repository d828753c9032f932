"""Noticing that somebody has the right password and goes on guessing the second factor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from accounts.actors import Actor
from accounts.choices import Outcome
from accounts.models import Account, AuditEvent
from accounts.refusals import WrongCode, WrongRecoveryCode
from accounts.services.audit import record
from accounts.services.factor_changes import lock_factors
from accounts.signals import factor_guessed

# As many as wrong passwords block; the throttle alone lets nearly a hundred a day through.
TOLD_FROM: Final = 5
WITHIN: Final = timedelta(days=1)
# A used code is no guess, and nobody guesses a passkey or a certificate.
GUESSES: Final = (WrongCode.code, WrongRecoveryCode.code)


@transaction.atomic
def tell_of_guessing(account: Account, *, by: Actor, at: datetime) -> None:
    """After a wrong code: from the fifth within a day on the rightful user is told, once a day. Audited."""
    lock_factors(account)
    lately = AuditEvent.objects.filter(account=account, at__gt=at - WITHIN)
    if lately.filter(slug="account:factor:guessed").exists():
        return
    count = lately.filter(slug="account:factor:failed", parameters__code__in=GUESSES).count()
    if count >= TOLD_FROM:
        parameters = {"count": count}
        record("account:factor:guessed", by=by, at=at, account=account, outcome=Outcome.FAILED, parameters=parameters)
        factor_guessed.send(Account, account=account, count=count, by=by, at=at)
