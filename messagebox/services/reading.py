from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from messagebox.models import Message, Receipt


def mark_read(message: Message, *, by: Actor, at: datetime) -> None:
    """Record that somebody read a message; the first time counts, and a stranger leaves no mark."""
    if by.account:
        Receipt.objects.bulk_create([Receipt(message=message, reader=by.account, read_at=at)], ignore_conflicts=True)
