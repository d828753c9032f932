"""Writing the counts of the store to the journal in PostgreSQL, each once.

A batch keeps its id until it was written and the store has heard so. Whoever finds one brings it again, and the journal
knows what it has.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from accounts.outages import DATABASE_AWAY
from blocking.services.quota import Usage, write_usage
from gate import metrics
from gate.keys import ALL_BUCKETS, Bucket
from gate.queries.names import account_ids, service_ids
from gate.rounds import Command, Round
from gate.store import Store
from gate.usage import Batch, read_batch

logger = logging.getLogger(__name__)


def write_journal(store: Store, *, at: datetime, buckets: Iterable[Bucket] = ALL_BUCKETS) -> int:
    """Bring what was counted; how many batches. Raises STORE_AWAY at the end, or DATABASE_AWAY; nothing is lost."""
    with Round(store) as asked:
        return write_journal_in(asked, at=at, buckets=buckets)


def write_journal_in(asked: Round, *, at: datetime, buckets: Iterable[Bucket] = ALL_BUCKETS) -> int:
    """As `write_journal`, in a round of which this is a part."""
    batches = _batches(asked, tuple(buckets))
    for bucket, batch in batches:
        if _is_written(batch, at):
            asked.ask([Command.running("drained", [bucket.draining], batch.batch_id.hex)])
    return len(batches)


def _batches(asked: Round, buckets: Sequence[Bucket]) -> list[tuple[Bucket, Batch]]:
    """What is set apart to be written. A bucket in which something else lies keeps no other waiting."""
    found = []
    drains = [Command.running("drain", [each.journal, each.draining], uuid4().hex) for each in buckets]
    for bucket, parts in zip(buckets, asked.ask(drains), strict=True):
        if isinstance(parts, Exception):
            continue
        try:
            batch = read_batch(parts)
        except ValueError as no_batch:
            asked.note(bucket.draining, no_batch)
        else:
            found += [(bucket, batch)] if batch else []
    return found


def _is_written(batch: Batch, at: datetime) -> bool:
    """One that cannot be written for a reason that nobody foresaw waits, and keeps no other waiting."""
    try:
        _write(batch, at)
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("A batch of counts was not written to the journal, and is brought again.")
        return False
    return True


def _write(batch: Batch, at: datetime) -> None:
    usage = _usage(batch)
    if not write_usage(batch.batch_id, usage, probations=batch.allowances.items(), at=at):
        return
    written = sum(each.queries for each in usage)
    unknown = batch.usage.total() - written
    metrics.journalled.inc(written)
    metrics.unjournalled.inc(unknown)
    if unknown or batch.odd:
        logger.error("Not journalled: %s queries of unknown accounts or services, and %s.", unknown, batch.odd)


def _usage(batch: Batch) -> list[Usage]:
    """What belongs to an account and a service that there are."""
    accounts = account_ids({each.user_number for each in batch.usage})
    services = service_ids({each.service for each in batch.usage})
    return [
        Usage(each.hour, accounts[each.user_number], services[each.service], each.client, queries)
        for each, queries in batch.usage.items()
        if each.user_number in accounts and each.service in services
    ]
