"""What the journal holds of the demo: queries of the last two days, and those that led to a block for a quota.

Of the service that `make demo-queries` asks, the software sent none today: its whole quota is left to try.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from accounts.choices import AccountKind
from accounts.models import Account, Service
from blocking.choices import QuotaWindow
from blocking.models import UsageHour
from blocking.services.quota import Usage, write_usage
from blocking.windows import AMSTERDAM, midnight_of, window_start
from vecozo_portal.demo.cast import CAST
from vecozo_portal.demo.catalogue import CLAIMS, COV, WLZ
from vecozo_portal.demo.quotas import ADDRESSES

HOUR: Final = timedelta(hours=1)
DAYS_TOLD: Final = 2
# Queries by hour of the Amsterdam day; all of it below what the contact persons would be told of.
_OFFICE_DAY: Final = {7: 3, 8: 9, 9: 12, 10: 11, 11: 8, 12: 4, 13: 9, 14: 10, 15: 7, 16: 4}
_CLAIMS_DAY: Final = {8: 14, 9: 31, 10: 27, 13: 22, 14: 35, 16: 12, 17: 41}
_MESSAGES_DAY: Final = dict.fromkeys(range(24), 6)
# Of three queries, one comes from the second address.
_SHARE_OF_SECOND: Final = 3
# A quota that was exceeded was used up in so many hours.
_RUSH_HOURS: Final = 3


def tell_usage(*, at: datetime) -> None:
    """The last two days of the demo's software, up to the hour of loading."""
    this_hour = window_start(QuotaWindow.HOUR, at)
    days = {COV: (_OFFICE_DAY, midnight_of(at)), CLAIMS: (_CLAIMS_DAY, this_hour), WLZ: (_MESSAGES_DAY, this_hour)}
    begin = midnight_of(at, days_later=-DAYS_TOLD)
    for account in _software():
        for service in Service.objects.filter(code__in=days):
            day, end = days[service.code]
            _write(account, service, _by_address(day, begin, end), at=at)


def tell_rush(account: Account, service: Service, *, client: str, queries: int, at: datetime) -> None:
    """A quota of a day that was used up in the hours before this moment."""
    hours = list(_hours(max(midnight_of(at), at - _RUSH_HOURS * HOUR), at))[-_RUSH_HOURS:]
    each, rest = divmod(queries, len(hours))
    counts = {hour: each + (rest if hour == hours[-1] else 0) for hour in hours}
    _write(account, service, ((hour, client, count) for hour, count in counts.items()), at=at)


def _software() -> Iterable[Account]:
    numbers = [person.user_number for person in CAST if person.kind == AccountKind.SYSTEM]
    return Account.objects.filter(user_number__in=numbers)


def _by_address(day: Mapping[int, int], begin: datetime, end: datetime) -> Iterator[tuple[datetime, str, int]]:
    first, second = ADDRESSES
    for hour in _hours(begin, end):
        queries = day.get(hour.astimezone(AMSTERDAM).hour, 0)
        yield hour, first, queries - queries // _SHARE_OF_SECOND
        yield hour, second, queries // _SHARE_OF_SECOND


def _hours(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Whole hours in UTC, the one of the beginning first, that began before the end."""
    hour = window_start(QuotaWindow.HOUR, begin.astimezone(UTC))
    while hour < end:
        yield hour
        hour += HOUR


def _write(account: Account, service: Service, counts: Iterable[tuple[datetime, str, int]], *, at: datetime) -> None:
    """Once: an account that has queried the service already keeps what it has."""
    if UsageHour.objects.filter(account=account, service=service).exists():
        return
    usage = [Usage(hour, account.pk, service.pk, client, count) for hour, client, count in counts if count]
    write_usage(uuid5(NAMESPACE_OID, f"demo {account.user_number} {service.code}"), usage, at=at)
