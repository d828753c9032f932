"""Who still has to activate an account."""

from __future__ import annotations

from accounts.choices import AccountState
from accounts.models import Account, AccountQuerySet


def waiting_to_activate() -> AccountQuerySet:
    """Those that were issued and not activated, longest waiting first."""
    issued = Account.objects.filter(state=AccountState.ISSUED, issued_at__isnull=False, organisation__isnull=False)
    return issued.order_by("issued_at", "pk")
