"""What the journal holds of queries that were let through."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from accounts.models import Account, Service
from blocking.choices import QuotaWindow
from blocking.models import UsageHour
from blocking.windows import window_start


def busiest_client(account: Account, service: Service, *, since: datetime) -> str:
    """The client with most queries since then, as far as they were journalled; empty where none were.

    The journal knows hours: the one in which `since` lies counts as a whole.
    """
    first_hour = window_start(QuotaWindow.HOUR, since)
    rows = UsageHour.objects.filter(account=account, service=service, hour__gte=first_hour).order_by()
    by_client = rows.values("client").annotate(total=Sum("queries")).order_by("-total", "client")
    return str(by_client.values_list("client", flat=True).first() or "")
