"""Quotas, and what the gate saw of them: crossings become blocks, counts become the journal, thresholds messages.

Everything that comes from the gate may come twice, and is written once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.actors import PORTAL, Actor
from accounts.choices import AccountKind, AccountState
from accounts.models import Account, Service
from accounts.services import Parameters, record
from blocking.choices import BlockReason, QuotaWindow
from blocking.models import Block, Crossing, Forecast, JournalBatch, ServiceQuota
from blocking.queries.usage import busiest_client
from blocking.services.blocks import Evidence, open_block
from blocking.services.notices import tell_forecast
from blocking.windows import forecast_at, window_start


@dataclass(frozen=True, slots=True)
class QuotaEvent:
    """A query that crossed a quota or a threshold of it, as the gate saw it: the `count`th of `limit`."""

    account: Account
    service: Service
    window: QuotaWindow
    limit: int
    count: int
    client: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Usage:
    """So many more queries in the hour that begins then."""

    hour: datetime
    account_id: int
    service_id: int
    client: str
    queries: int


@transaction.atomic
def set_quota(
    service: Service, *, kind: AccountKind, window: QuotaWindow, limit: int, by: Actor, at: datetime
) -> ServiceQuota:
    """Let accounts of this kind send so many queries within the window; known at the gate within a second. Audited."""
    quota, is_new = ServiceQuota.objects.select_for_update().get_or_create(
        service=service, kind=kind, window=window, defaults={"limit": limit}
    )
    before = None if is_new else quota.limit
    if before != limit:
        quota.limit = limit
        quota.save(update_fields=["limit"])
        slug = "account:quota:set" if before is None else "account:quota:changed"
        _audit_quota(slug, quota, by=by, at=at, before=before)
    return quota


@transaction.atomic
def drop_quota(quota: ServiceQuota, *, by: Actor, at: datetime) -> None:
    """From now on this window has no limit. Audited; nothing happens where it was dropped already."""
    dropped, _ = ServiceQuota.objects.filter(pk=quota.pk).delete()
    if dropped:
        _audit_quota("account:quota:dropped", quota, by=by, at=at, before=quota.limit)


def _audit_quota(slug: str, quota: ServiceQuota, *, by: Actor, at: datetime, before: int | None) -> None:
    parameters: Parameters = {
        "service": quota.service.name,
        "kind": quota.get_kind_display(),
        "window": quota.get_window_display(),
        "limit": quota.limit,
        "before": before,
    }
    record(slug, by=by, at=at, parameters=parameters)


@transaction.atomic
def record_crossing(crossing_id: UUID, event: QuotaEvent, *, at: datetime) -> Block | None:
    """Open the block that a crossing calls for, once: audited, told, with its evidence. None where it was recorded,
    and for who was removed meanwhile.

    Where the account is blocked for this service already, the crossing is written down with that block, so that
    lifting the block takes the crossing's mark away as well.
    """
    account = Account.objects.select_for_update(no_key=True).get(pk=event.account.pk)
    if account.state == AccountState.REMOVED or Crossing.objects.filter(pk=crossing_id).exists():
        return None
    busiest = busiest_client(event.account, event.service, since=window_start(event.window, event.at)) or event.client
    evidence = Evidence(count=event.count, client=busiest, window=event.window, limit=event.limit)
    opened = open_block(
        event.account,
        reason=BlockReason.QUOTA,
        service=event.service,
        by=PORTAL,
        # The store's clock may be ahead, and a block is never lifted before it was opened.
        at=min(event.at, at),
        evidence=evidence,
    )
    block = opened or Block.objects.open().get(account=event.account, reason=BlockReason.QUOTA, service=event.service)
    Crossing.objects.create(
        crossing_id=crossing_id,
        block=block,
        window=event.window,
        limit=event.limit,
        client=event.client,
        crossed_at=event.at,
        recorded_at=at,
    )
    return opened


@transaction.atomic
def record_forecast(event: QuotaEvent, *, percent: int, window_started_at: datetime, at: datetime) -> bool:
    """Tell the contact persons that so much of a quota was used: once per window and threshold. Was it the first time?

    Nothing is told about minutes, which are over before anybody reads it, nor where the threshold is the quota itself.
    """
    if event.window == QuotaWindow.MINUTE or forecast_at(event.limit, percent) >= event.limit:
        return False
    _, is_first = Forecast.objects.get_or_create(
        account=event.account,
        service=event.service,
        window=event.window,
        window_started_at=window_started_at,
        percent=percent,
        defaults={"told_at": at},
    )
    if is_first:
        busiest = busiest_client(event.account, event.service, since=window_started_at) or event.client
        tell_forecast(
            event.account,
            event.service,
            window=event.window,
            limit=event.limit,
            count=event.count,
            client=busiest,
            at=event.at,
        )
    return is_first


_ADD_USAGE = """
INSERT INTO blocking_usagehour (hour, account_id, service_id, client, queries)
SELECT * FROM unnest(%s::timestamptz[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[])
ON CONFLICT (account_id, service_id, hour, client)
DO UPDATE SET queries = blocking_usagehour.queries + EXCLUDED.queries
"""
_SPEND_PROBATIONS = """
UPDATE blocking_probation SET used = used + spent.queries
FROM unnest(%s::bigint[], %s::bigint[]) AS spent (id, queries) WHERE blocking_probation.id = spent.id
"""


@transaction.atomic
def write_usage(
    batch_id: UUID, usage: Iterable[Usage], *, probations: Iterable[tuple[int, int]] = (), at: datetime
) -> bool:
    """Add a batch of counts to the journal, and of allowances to their probations; False where it was written."""
    _, is_new = JournalBatch.objects.get_or_create(batch_id=batch_id, defaults={"written_at": at})
    if not is_new:
        return False
    rows = sorted(usage, key=lambda each: (each.account_id, each.service_id, each.hour, each.client))
    spent = sorted(probations)
    with connection.cursor() as cursor:
        if rows:
            columns = zip(*((u.hour, u.account_id, u.service_id, u.client, u.queries) for u in rows), strict=True)
            cursor.execute(_ADD_USAGE, [list(column) for column in columns])
        if spent:
            cursor.execute(_SPEND_PROBATIONS, [list(column) for column in zip(*spent, strict=True)])
    return True


def forget_batches(*, before: datetime) -> int:
    """Forget which batches were written before then; only for who knows that none of them can come again."""
    forgotten, _ = JournalBatch.objects.filter(written_at__lt=before).delete()
    return forgotten
