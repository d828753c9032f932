"""Sealed secrets of messages: put in, shown once, erased. Never in a mail, the log or the queue."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from accounts.actors import PORTAL, Actor
from accounts.models import Account
from accounts.sealing import SealBroken, seal
from accounts.services import record, refusals_recorded
from messagebox.choices import SecretEnd
from messagebox.models import Message, SealedSecret, SealedSecretQuerySet
from messagebox.policy import SECRETS_READABLE_FOR
from messagebox.refusals import NoSecretHere, SecretGone, SecretUnreadable
from messagebox.services.outbox import queue_mail

logger = logging.getLogger(__name__)


def seal_into(message: Message, secret: str, *, at: datetime) -> SealedSecret:
    """In the caller's transaction."""
    return SealedSecret.objects.create(
        message=message, sealed=seal(secret.encode()), readable_until=at + SECRETS_READABLE_FOR
    )


def reveal_secret(message: Message, *, by: Actor, at: datetime) -> str:
    """The secret of a message, this once; erased with it. Audited, and told to the rightful user by mail.

    Whether `by` may read this box is the caller's question. Raises NoSecretHere, SecretGone (of two at once, the
    second) or SecretUnreadable; audited. Call it outside a transaction.
    """
    with refusals_recorded("account:pin_reveal:refused", by=by, at=at, account=message.about):
        return _reveal(message, by=by, at=at)


def _reveal(message: Message, *, by: Actor, at: datetime) -> str:
    sealed = SealedSecret.objects.select_for_update().filter(message=message).first()
    if sealed is None or by.account is None:
        raise NoSecretHere
    if not sealed.can_be_read(at):
        raise SecretGone
    secret = _opened(sealed)
    sealed.revealed_by = by.account
    _erase(sealed, SecretEnd.REVEALED, at=at)
    parameters = {"message": str(message.public_id)}
    record("account:pin:revealed", by=by, at=at, account=message.about, parameters=parameters)
    _tell_revealed(message, by.account, at=at)
    return secret


def _opened(sealed: SealedSecret) -> str:
    try:
        return sealed.secret
    except SealBroken:
        logger.exception("A sealed secret cannot be opened: is a key missing from PORTAL_SEALING_KEYS?")
        raise SecretUnreadable from None


def _erase(sealed: SealedSecret, end: SecretEnd, *, at: datetime) -> None:
    sealed.sealed, sealed.end, sealed.ended_at = "", end, at
    sealed.save(update_fields=["sealed", "end", "ended_at", "revealed_by"])


def _tell_revealed(message: Message, reader: Account, *, at: datetime) -> None:
    """Not who looked at the own PIN: they know."""
    about = message.about
    if about and about.email and about.pk != reader.pk:
        parameters = {"reader": reader.name, "revealed_at": at.isoformat()}
        queue_mail("pin_revealed", to=about, parameters=parameters, at=at)


def erase_secrets_about(account: Account, *, end: SecretEnd, by: Actor, at: datetime) -> int:
    """Erase what still waits for somebody to read it about this account; how many. In the caller's transaction."""
    return _erase_all(SealedSecret.objects.waiting().filter(message__about=account), end, by=by, at=at)


def tend_secrets(*, at: datetime) -> int:
    """Erase what nobody looked at in time (how many), and seal the rest with the newest key. Safe to do twice."""
    with transaction.atomic():
        erased = _erase_all(SealedSecret.objects.overdue(at), SecretEnd.EXPIRED, by=PORTAL, at=at)
    for pk in SealedSecret.objects.waiting().values_list("pk", flat=True):
        _seal_anew(pk)
    return erased


def _erase_all(secrets: SealedSecretQuerySet, end: SecretEnd, *, by: Actor, at: datetime) -> int:
    locked = list(secrets.select_for_update(of=("self",)).select_related("message__about__organisation"))
    for sealed in locked:
        _erase(sealed, end, at=at)
        parameters = {"end": end.value, "message": str(sealed.message.public_id)}
        record("account:pin:erased", by=by, at=at, account=sealed.message.about, parameters=parameters)
    return len(locked)


@transaction.atomic
def _seal_anew(pk: int) -> None:
    sealed = SealedSecret.objects.waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
    if sealed is None:
        return
    try:
        sealed.seal_anew()
    except SealBroken:
        logger.error("A sealed secret cannot be opened: is a key missing from PORTAL_SEALING_KEYS?")  # noqa: TRY400
        return
    sealed.save(update_fields=["sealed"])
