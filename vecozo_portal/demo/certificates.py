"""What stands ready in the demo: everybody who can act may install a certificate at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.choices import AccountState
from accounts.models import Account
from certificates.models import Readiness
from vecozo_portal.demo.cast import LISTED


@transaction.atomic
def make_certificates_ready(*, at: datetime) -> None:
    """For listed people of an organisation, and for their software; once, and without a message each."""
    numbers = [person.user_number for person in LISTED if person.firm]
    active = Account.objects.filter(user_number__in=numbers, state=AccountState.ACTIVE)
    missing = active.filter(ready_certificates=None)
    Readiness.objects.bulk_create(Readiness(account=account, made_ready_at=at) for account in missing)
