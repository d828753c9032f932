"""Mails of the demo's history: written down as sent when they were due, and never really sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import pre_save

from messagebox.choices import DeliveryState
from messagebox.models import Delivery


@contextmanager
def mail_of_the_past() -> Iterator[None]:
    """In this process, and while it lasts, a mail is born sent: no worker ever sees it waiting."""
    pre_save.connect(_as_sent, sender=Delivery, dispatch_uid="demo")
    try:
        yield
    finally:
        pre_save.disconnect(sender=Delivery, dispatch_uid="demo")


def _as_sent(sender: object, *, instance: Delivery, **_: Any) -> None:
    instance.state, instance.tries = DeliveryState.SENT, 1
    instance.sent_at, instance.next_try_at = instance.created_at, None
    instance.to_address = instance.address_now
