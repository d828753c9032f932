"""Working up what the gate saw: crossings become blocks, thresholds become messages, each once.

An event stays in its stream until what it calls for is committed. Whoever is killed before that leaves it behind, and
it is taken again; what was committed already is then found, and nothing happens twice.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.outages import DATABASE_AWAY
from blocking.services.quota import QuotaEvent, record_crossing, record_forecast
from gate import metrics
from gate.events import CrossingSeen, Malformed, QuerySeen, read_event
from gate.keys import ALL_BUCKETS, GROUP, Bucket
from gate.queries.names import account_named, service_named
from gate.rounds import Command, Round
from gate.services.journal import write_journal_in
from gate.store import Store

logger = logging.getLogger(__name__)

# One name for all workers: an event is told to be left behind by its age, and no names of dead processes pile up.
CONSUMER: Final = "worker"
# So many are taken at a time: worked up well before they would seem to be left behind.
TAKEN_AT_ONCE: Final = 20
# An event takes milliseconds; one not finished after this belongs to somebody who died, or met an outage.
LEFT_BEHIND_AFTER_MILLISECONDS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it lies in the stream of a bucket."""

    bucket: Bucket
    entry_id: str
    fields: Mapping[str, str]


class Hopeless(Exception):
    """An event of an account or a service that there is not."""


def work_up_events(store: Store, *, at: datetime) -> int:
    """Work up what waits in the streams, a few of each; how many. Raises DATABASE_AWAY, or STORE_AWAY at the end.

    A cluster reads no two slots in one command, so first is asked in one go where anything waits.
    """
    with Round(store) as asked:
        lengths = asked.ask([Command(bucket.stream, ("XLEN", bucket.stream)) for bucket in ALL_BUCKETS])
        waiting = [
            bucket
            for bucket, length in zip(ALL_BUCKETS, lengths, strict=True)
            if length and not isinstance(length, Exception)
        ]
        return sum(_work_up_bucket(asked, bucket, at) for bucket in waiting)


def _work_up_bucket(asked: Round, bucket: Bucket, at: datetime) -> int:
    entries = _take(asked, bucket)
    if entries:
        # So that the evidence tells who used most up to the query that crossed.
        write_journal_in(asked, at=at, buckets=[bucket])
    for entry in entries:
        if _is_finished(entry, at):
            asked.ask([Command.running("done", [bucket.stream], GROUP, entry.entry_id)])
    return len(entries)


def _take(asked: Round, bucket: Bucket) -> list[Entry]:
    options = (GROUP, CONSUMER, TAKEN_AT_ONCE, LEFT_BEHIND_AFTER_MILLISECONDS)
    (taken,) = asked.ask([Command.running("take", [bucket.stream], *options)])
    if isinstance(taken, Exception):
        return []
    return [Entry(bucket, entry_id, _fields(parts)) for entry_id, parts in taken]


def _fields(parts: Sequence[str]) -> dict[str, str]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _is_finished(entry: Entry, at: datetime) -> bool:
    """Whether it needs to be worked up no more. One that failed for a reason that nobody foresaw is taken again."""
    try:
        outcome = _work_up(entry.fields, at)
    except DATABASE_AWAY:
        raise
    except (Malformed, Hopeless) as reason:
        dropped = "An event of the gate can never be worked up and is dropped (%s): %s"
        logger.error(dropped, reason, entry.fields)  # noqa: TRY400 - it says all there is to know
        outcome = "dropped"
    except Exception:
        logger.exception("An event of the gate failed, and is taken again: %s", entry.fields)
        outcome = "failed"
    metrics.events.labels(kind=_kind(entry.fields), outcome=outcome).inc()
    return outcome != "failed"


def _kind(fields: Mapping[str, str]) -> str:
    kind = fields.get("kind", "")
    return kind if kind in {"crossing", "forecast"} else "unknown"


def _work_up(fields: Mapping[str, str], at: datetime) -> str:
    seen = read_event(fields)
    event = _quota_event(seen.query)
    if isinstance(seen, CrossingSeen):
        is_new = record_crossing(seen.crossing_id, event, at=at) is not None
    else:
        is_new = record_forecast(event, percent=seen.percent, window_started_at=seen.window_started_at, at=at)
    return "recorded" if is_new else "known"


def _quota_event(query: QuerySeen) -> QuotaEvent:
    account, service = account_named(query.user_number), service_named(query.service)
    if account is None:
        raise Hopeless("no such account")
    if service is None:
        raise Hopeless("no such service")
    return QuotaEvent(account, service, query.window, query.limit, query.count, query.client, query.at)
