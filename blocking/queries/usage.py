"""What the journal holds of queries that were let through."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from accounts.models import Account, Service
from blocking.models import UsageHour


def busiest_client(account: Account, service: Service, *, since: datetime) -> str:
    """The client with most queries since then, as far as they were journalled; empty where none were."""
    rows = UsageHour.objects.filter(account=account, service=service, hour__gte=since).order_by()
    by_client = rows.values("client").annotate(total=Sum("queries")).order_by("-total", "client")
    return str(by_client.values_list("client", flat=True).first() or "")
