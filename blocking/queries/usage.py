"""What the journal holds of queries that were let through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from accounts.choices import AccountKind
from accounts.models import Account, Service
from blocking.choices import BlockReason, QuotaWindow
from blocking.models import Block, UsageHour
from blocking.windows import window_start


def busiest_client(account: Account, service: Service, *, since: datetime) -> str:
    """The client with most queries since then, as far as they were journalled; empty where none were.

    The journal knows hours: the one in which `since` lies counts as a whole.
    """
    first_hour = window_start(QuotaWindow.HOUR, since)
    rows = UsageHour.objects.filter(account=account, service=service, hour__gte=first_hour).order_by()
    by_client = rows.values("client").annotate(total=Sum("queries")).order_by("-total", "client")
    return str(by_client.values_list("client", flat=True).first() or "")


@dataclass(frozen=True, slots=True)
class WantedQuota:
    """A quota as somebody wants to set it."""

    service: Service
    kind: AccountKind
    window: QuotaWindow
    limit: int


@dataclass(frozen=True, slots=True)
class FullAccount:
    """An account that used as much as a quota allows, or more."""

    name: str
    used: int


def full_accounts(quota: WantedQuota, *, at: datetime) -> list[FullAccount] | None:
    """Whose next query would be one too many in the window of this moment, fullest first; None of minutes.

    As far as was journalled. Who is blocked for the service already is left out: nothing changes there.
    """
    if quota.window == QuotaWindow.MINUTE:
        return None
    blocked = Block.objects.open().filter(reason=BlockReason.QUOTA, service=quota.service)
    rows = UsageHour.objects.filter(
        service=quota.service, account__kind=quota.kind, hour__gte=window_start(quota.window, at)
    ).exclude(account__in=blocked.values("account"))
    by_account = rows.order_by().values_list("account", "account__name").annotate(total=Sum("queries"))
    full = by_account.filter(total__gte=quota.limit).order_by("-total", "account__name")
    return [FullAccount(name, used) for _, name, used in full]
