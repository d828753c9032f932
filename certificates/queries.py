"""Reading certificates."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Account
from certificates.models import Certificate


def certificates_of(account: Account) -> QuerySet[Certificate]:
    """Newest first, revoked ones too."""
    return Certificate.objects.filter(account=account)


def holder_of(fingerprint: str) -> Account | None:
    """Whose certificate this is, whatever its state: it never moves to another account."""
    found = Certificate.objects.filter(fingerprint=fingerprint).select_related("account").first()
    return found.account if found else None
