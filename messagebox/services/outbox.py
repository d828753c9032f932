"""The outbox: mails are rows, written with what caused them, and leave after the commit."""

from __future__ import annotations

import logging
from datetime import datetime

from celery import current_app
from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.afterwards import afterwards
from accounts.models import Account
from accounts.outages import LeftAlone
from accounts.refusals import Refusal
from accounts.services import Parameters, record, record_refusal
from messagebox.choices import DeliveryState
from messagebox.mail_additions import prepared_for
from messagebox.models import Delivery, Message
from messagebox.refusals import NotGivenUp, OnlySupportRetries

logger = logging.getLogger(__name__)

# The queue's broker: a request that queues several mails waits for it once at most.
broker_left_alone = LeftAlone()


def queue_mail(
    template: str, *, to: Account | str, parameters: Parameters, at: datetime, message: Message | None = None
) -> Delivery:
    """Put a mail in the outbox, in the caller's transaction; it leaves after the commit, or never.

    To an account it goes to the address of the moment it leaves. Parameters: no secret, no user number.
    """
    prepared = prepared_for(template, to, parameters, at) if isinstance(to, Account) else {}
    delivery = Delivery.objects.create(
        template=template,
        to_account=to if isinstance(to, Account) else None,
        to_address=to if isinstance(to, str) else "",
        parameters={**parameters, **prepared},
        message=message,
        created_at=at,
        next_try_at=at,
    )
    nudge(delivery)
    return delivery


def nudge(delivery: Delivery) -> None:
    """Ask a worker, on commit, to send this one now. Never raises: what is not sent now is swept."""
    transaction.on_commit(lambda: afterwards(lambda: _ask(delivery.pk)), robust=True)


def retry_delivery(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Support lets a given-up mail be tried afresh. Audited.

    Raises OnlySupportRetries, or NotGivenUp where it waits or was sent already; both audited. Call
    it outside a transaction, or the refusal is forgotten with it.
    """
    try:
        with transaction.atomic():
            return _retry(delivery, by=by, at=at)
    except Refusal as refusal:
        record_refusal("messagebox:delivery_retry:refused", refusal, by=by, at=at, account=delivery.to_account)
        raise


def _retry(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    if by.account is None or not (by.account.is_staff and by.account.is_active):
        raise OnlySupportRetries
    locked = Delivery.objects.select_for_update(of=("self",), no_key=True).get(pk=delivery.pk)
    if not locked.is_given_up:
        raise NotGivenUp
    locked.state, locked.tries, locked.next_try_at = DeliveryState.WAITING, 0, at
    locked.save(update_fields=["state", "tries", "next_try_at"])
    parameters: Parameters = {"delivery": str(locked.public_id), "template": locked.template}
    record("messagebox:delivery:retried", by=by, at=at, account=locked.to_account, parameters=parameters)
    nudge(locked)
    return locked


def _ask(delivery_id: int) -> None:
    if broker_left_alone:
        return
    try:
        current_app.send_task("messagebox.send_delivery", args=[delivery_id], retry=False, ignore_result=True)
    except Exception:  # noqa: BLE001 - whatever a broker raises, the sweep sends what waits
        broker_left_alone.leave(seconds=settings.PORTAL_DELIVERY_SWEEP_SECONDS)
        logger.warning("The queue is away; mail waits in the outbox for the sweep.")
