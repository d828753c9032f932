"""What an account used of its services, and what it was allowed: for pictures and their words, in few statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from django.db.models import Sum

from accounts.models import Account, Service
from blocking.charts import Chart, UsageFacts, usage_chart
from blocking.choices import BlockReason, QuotaWindow
from blocking.models import Block, ServiceQuota, UsageHour
from blocking.windows import midnight_of, window_start

CLIENTS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much was used in the window of this moment, and its quota; of minutes nobody keeps a journal."""

    window: QuotaWindow
    limit: int | None
    used: int | None

    @property
    def percent(self) -> int | None:
        return None if self.used is None or self.limit is None else self.used * 100 // self.limit


@dataclass(frozen=True, slots=True)
class ClientUse:
    """A fingerprint, or an address where the gateway told whose software called; and how often it did."""

    client: str
    queries: int


@dataclass(frozen=True, slots=True)
class ServiceUsage:
    """A service in a period: what is left of its quotas, which clients used most, and the picture."""

    service: Service
    facts: UsageFacts
    allowances: Sequence[Allowance] = ()
    clients: Sequence[ClientUse] = ()

    @property
    def pressure(self) -> tuple[int, int]:
        """How far its fullest quota is, and how much it is used at all."""
        return max((each.percent or 0 for each in self.allowances), default=0), sum(self.facts.queries.values())

    @property
    def chart(self) -> Chart:
        return usage_chart(self.facts)

    @property
    def is_used(self) -> bool:
        return bool(self.facts.queries)


@dataclass(slots=True)
class _Journal:
    """What was read, per service."""

    queries: defaultdict[int, dict[datetime, int]] = field(default_factory=lambda: defaultdict(dict))
    clients: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    quotas: defaultdict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    crossed: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))


def usage_of(account: Account, *, at: datetime) -> list[ServiceUsage]:
    """Yesterday and today of each service that the account may query, fullest first. Five statements, however many."""
    services = list(Service.objects.filter(authorisations__account=account))
    since, until = midnight_of(at, days_later=-1), midnight_of(at, days_later=1)
    usages = _usage(account, services, since, until, at)
    return sorted(usages, key=lambda usage: usage.pressure, reverse=True)


def usage_around(block: Block, *, at: datetime) -> ServiceUsage | None:
    """The day of a quota block and the day before it; None of a block for another reason. Four statements."""
    if block.service is None:
        return None
    since = midnight_of(block.opened_at, days_later=-1)
    until = midnight_of(block.opened_at, days_later=1)
    return _usage(block.account, [block.service], since, until, at)[0]


def _usage(
    account: Account, services: Sequence[Service], since: datetime, until: datetime, at: datetime
) -> list[ServiceUsage]:
    read = _read(account, services, since, until)
    return [_of(service, read, since, until, at) for service in services]


def _of(service: Service, read: _Journal, since: datetime, until: datetime, at: datetime) -> ServiceUsage:
    quotas, queries = read.quotas[service.pk], read.queries[service.pk]
    facts = UsageFacts(
        key=f"gebruik-{service.code}",
        service=service.name,
        since=since,
        until=until,
        now=min(at, until),
        queries=queries,
        per_hour=quotas.get(QuotaWindow.HOUR),
        per_day=quotas.get(QuotaWindow.DAY),
        crossed_at=read.crossed[service.pk],
    )
    allowances = [Allowance(window, quotas.get(window), _used(window, queries, at)) for window in QuotaWindow]
    told = [each for each in allowances if each.limit or each.used is not None]
    busiest = [ClientUse(*use) for use in read.clients[service.pk].most_common(CLIENTS_SHOWN)]
    return ServiceUsage(service, facts, told, busiest)


def _used(window: QuotaWindow, queries: dict[datetime, int], at: datetime) -> int | None:
    if window == QuotaWindow.MINUTE:
        return None
    start = window_start(window, at).astimezone(UTC)
    return sum(count for hour, count in queries.items() if hour >= start)


def _read(account: Account, services: Sequence[Service], since: datetime, until: datetime) -> _Journal:
    read = _Journal()
    period = UsageHour.objects.filter(account=account, service__in=services, hour__gte=since, hour__lt=until).order_by()
    for service, hour, total in period.values_list("service", "hour").annotate(Sum("queries")):
        read.queries[service][hour] = total
    for service, client, total in period.values_list("service", "client").annotate(Sum("queries")):
        read.clients[service][client] = total
    for quota in ServiceQuota.objects.filter(service__in=services, kind=account.kind):
        read.quotas[quota.service_id][quota.window] = quota.limit
    for service_id, opened_at in _crossed(account, services, since, until):
        read.crossed[service_id].append(opened_at)
    return read


def _crossed(
    account: Account, services: Sequence[Service], since: datetime, until: datetime
) -> Iterable[tuple[int, datetime]]:
    blocks = Block.objects.filter(account=account, reason=BlockReason.QUOTA, service__in=services)
    return blocks.filter(opened_at__gte=since, opened_at__lt=until).values_list("service_id", "opened_at")
