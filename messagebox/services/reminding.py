"""Reminding readers of messages that lie unread."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts.models import Account
from messagebox.policy import REMINDER_DAYS
from messagebox.services.outbox import queue_mail

# Older than this and still unread: a third mail would not help, and a long outage of the beat
# brings no flood of old reminders.
REMINDED_AT_MOST_AFTER = timedelta(days=30)

_DUE = """
INSERT INTO messagebox_reminder (message_id, reader_id, after_days, reminded_at)
SELECT m.id, a.id, %(days)s, %(at)s
FROM messagebox_message m
JOIN accounts_organisation o ON o.id = m.organisation_id AND NOT o.is_pgb_provider
JOIN accounts_mandate d ON d.organisation_id = m.organisation_id
    AND d.valid_from <= m.posted_at AND (d.valid_until IS NULL OR d.valid_until > %(at)s)
JOIN accounts_account a ON a.id = d.account_id AND a.state = 'active' AND a.email <> ''
WHERE m.posted_at > %(after)s AND m.posted_at <= %(until)s
    AND NOT EXISTS (SELECT FROM messagebox_receipt r WHERE r.message_id = m.id AND r.reader_id = a.id)
ON CONFLICT DO NOTHING
RETURNING reader_id
"""


@transaction.atomic
def remind_unread(*, at: datetime) -> int:
    """One mail to every reader with messages unread for 3 or 10 days, once each per message.

    Only to who was contact person when the message came, and still is. How many were mailed.
    """
    unread: Counter[int] = Counter()
    for days, until in _stages():
        unread.update(_record_due(days, after=at - until, until=at - timedelta(days=days), at=at))
    for reader in Account.objects.filter(pk__in=unread):
        queue_mail("unread_messages", to=reader, parameters={"count": unread[reader.pk]}, at=at)
    return len(unread)


def _stages() -> list[tuple[int, timedelta]]:
    """Each number of days with the age at which the next one takes over."""
    ends = [timedelta(days=days) for days in REMINDER_DAYS[1:]] + [REMINDED_AT_MOST_AFTER]
    return list(zip(REMINDER_DAYS, ends, strict=True))


def _record_due(days: int, *, after: datetime, until: datetime, at: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"days": days, "after": after, "until": until, "at": at})
        return [reader for (reader,) in cursor.fetchall()]
