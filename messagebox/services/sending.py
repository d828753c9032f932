"""Sending what waits in the outbox: one locked row at a time, so that many workers share the work."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import inert
from messagebox.choices import DeliveryState
from messagebox.mails import mail_of
from messagebox.models import Delivery, DeliveryQuerySet
from messagebox.policy import delay_after, is_given_up

# A silent mail server costs EMAIL_TIMEOUT each; a batch stays well below the queue's patience.
SWEEP_BATCH = 50
ERROR_MAX_LENGTH = 500


def send_delivery(delivery_id: int, *, at: datetime) -> bool:
    """Send one mail if it is due and nobody else is sending it; was it this one's turn?

    A failure is recorded, to be tried again later and in the end given up; it is not raised.
    """
    return _send_first(Delivery.objects.due(at).filter(pk=delivery_id), at)


def sweep(*, at: datetime) -> int:
    """Send what is due, at most SWEEP_BATCH, each in a transaction of its own; how many it tried."""
    tried = 0
    while tried < SWEEP_BATCH and _send_first(Delivery.objects.due(at), at):
        tried += 1
    return tried


@transaction.atomic
def _send_first(deliveries: DeliveryQuerySet, at: datetime) -> bool:
    """The row stays locked while the mail leaves: after a crash it waits still, and goes again with
    the same Message-ID."""
    locked = deliveries.select_for_update(of=("self",), skip_locked=True, no_key=True)
    delivery = locked.select_related("to_account__organisation", "message__organisation").first()
    if delivery is None:
        return False
    _try(delivery, at)
    return True


def _try(delivery: Delivery, at: datetime) -> None:
    delivery.tries += 1
    try:
        with transaction.atomic():
            mail = mail_of(delivery, at)
            mail.send()
    except Exception as failure:  # noqa: BLE001 - whatever went wrong, the row tells it and is tried again
        _record_failure(delivery, failure, at)
    else:
        delivery.state, delivery.sent_at, delivery.next_try_at = DeliveryState.SENT, at, None
        delivery.to_address, delivery.last_error = mail.to[0], ""
    delivery.save(update_fields=_TRY_FIELDS)


def _record_failure(delivery: Delivery, failure: Exception, at: datetime) -> None:
    delivery.last_error = inert(f"{type(failure).__name__}: {failure}", ERROR_MAX_LENGTH)
    if is_given_up(delivery.tries, max_tries=settings.PORTAL_DELIVERY_MAX_TRIES):
        delivery.state, delivery.next_try_at = DeliveryState.GIVEN_UP, None
    else:
        delivery.next_try_at = at + delay_after(delivery.tries)


_TRY_FIELDS = ("state", "tries", "next_try_at", "last_error", "to_address", "sent_at")
