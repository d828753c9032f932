"""Reminding of certificates that end soon: 60, 30 and 7 days before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certificates.models import Certificate, ExpiryReminder
from certificates.policy import REMINDER_DAYS, reminder_due
from certificates.queries import ending_within
from certificates.services.notices import tell_end_is_near


def remind_of_ends(*, at: datetime) -> int:
    """Post what is due, once each; how many. A certificate that was replaced or revoked is left in peace.

    Each in a transaction of its own: what cannot be told keeps nobody else waiting. Safe to do twice.
    """
    return sum(_remind(certificate, at=at) for certificate in ending_within(REMINDER_DAYS[0], at))


@transaction.atomic
def _remind(certificate: Certificate, *, at: datetime) -> bool:
    days = reminder_due(certificate.valid_until, at=at)
    if days is None:
        return False
    reminder = ExpiryReminder(certificate=certificate, days=days, reminded_at=at)
    ExpiryReminder.objects.bulk_create([reminder], ignore_conflicts=True)
    is_first = ExpiryReminder.objects.filter(certificate=certificate, days=days, reminded_at=at).exists()
    if is_first:
        tell_end_is_near(certificate, days=days, at=at)
    return is_first
