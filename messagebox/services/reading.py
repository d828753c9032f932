from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.services import record
from messagebox.models import Message, Receipt


def mark_read(message: Message, *, by: Actor, at: datetime) -> None:
    """Record that somebody read a message; the first time counts, and a stranger leaves no mark."""
    if by.account:
        Receipt.objects.bulk_create([Receipt(message=message, reader=by.account, read_at=at)], ignore_conflicts=True)


@transaction.atomic
def record_told(message: Message, *, by: Actor, at: datetime) -> None:
    """Support told an organisation without reader what the message says, so it waits no longer. Audited.

    Whether `by` is Support is the caller's question.
    """
    mark_read(message, by=by, at=at)
    parameters = {"message": str(message.public_id)}
    organisation = message.organisation
    record(
        "messagebox:message:told", by=by, at=at, account=message.about, organisation=organisation, parameters=parameters
    )
