"""Letters with a PIN, for who has no message box: ordered by Support, made by a worker, fetched once."""

from __future__ import annotations

import logging
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Final

from celery import current_app
from django.db import transaction

from accounts.actors import PORTAL, Actor
from accounts.afterwards import afterwards
from accounts.choices import AccountState
from accounts.models import Account
from accounts.sealing import SealBroken, seal, unseal
from accounts.services import issue_pin, locked_account, record, refusals_recorded
from blocking.choices import LetterState
from blocking.letter_paper import pdf_of, what_is_missing
from blocking.life_refusals import (
    LetterGone,
    LettersUnavailable,
    LetterUnreadable,
    OnlySupportSendsLetters,
    pin_refusal_of,
)
from blocking.models import PinLetter, PinLetterQuerySet
from blocking.policy.pins import can_have_new_pin
from blocking.queries.lifting import lifter_of
from blocking.queries.pins import is_blocked_by_support
from blocking.services import hashing
from blocking.services.life.telling import tell_pin_issued

logger = logging.getLogger(__name__)

# As long as a sealed PIN waits in the message box (behaviour.md, section 2).
KEPT_FOR: Final = timedelta(days=30)
TASK: Final = "blocking.make_letters"


def order_letter(account: Account, *, by: Actor, at: datetime) -> PinLetter:
    """Support has a new PIN made, that goes by letter: the old one is invalid from now on. Audited; told without it.

    Raises LettersUnavailable where this deployment cannot make them (and then nothing changes), OnlySupportSendsLetters
    or a PinRefused; audited. Raises Overloaded. Call it outside a transaction.
    """
    recorded = refusals_recorded("account:letter:refused", by=by, at=at, account=account)
    with hashing.hashing_place(), recorded:
        _insist_on_support(by, at)
        if what_is_missing():
            raise LettersUnavailable(what_is_missing())
        locked = locked_account(account.pk)
        refusal = pin_refusal_of(
            can_have_new_pin(state=locked.state, is_blocked_by_support=is_blocked_by_support(locked))
        )
        if refusal or locked.organisation is None:
            raise refusal or OnlySupportSendsLetters
        return _order(locked, by=by, at=at)


def _order(account: Account, *, by: Actor, at: datetime) -> PinLetter:
    """The letter before it, if there is one, is erased as the PIN is replaced (`blocking.receivers`)."""
    pin = issue_pin(account, by=by, at=at)
    if account.state != AccountState.ISSUED:
        tell_pin_issued(account, at=at)
    letter = PinLetter.objects.create(account=account, ordered_by=by.account, ordered_at=at, sealed=seal(pin.encode()))
    record("account:letter:ordered", by=by, at=at, account=account)
    transaction.on_commit(lambda: afterwards(_nudge), robust=True)
    return letter


def _nudge() -> None:
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True)
    except Exception:  # noqa: BLE001 - whatever a broker raises, the sweep makes what waits
        logger.warning("The queue is away; letters wait for the sweep.")


def make_letters(*, at: datetime) -> int:
    """Make what waits; how many. Where something is missing they go on waiting. Safe to do twice, also at once."""
    if what_is_missing():
        return 0
    return sum(_make(pk, at) for pk in PinLetter.objects.waiting().values_list("pk", flat=True))


@transaction.atomic
def _make(pk: int, at: datetime) -> bool:
    locked = PinLetter.objects.waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
    if locked is None:
        return False
    try:
        pin = unseal(locked.sealed).decode()
    except SealBroken:
        logger.error("A letter cannot be opened: is a key missing from PORTAL_SEALING_KEYS?")  # noqa: TRY400
        return False
    locked.sealed = seal(b64encode(pdf_of(locked.account, pin, at)))
    locked.state = LetterState.READY
    locked.save(update_fields=["sealed", "state"])
    return True


def download_letter(letter: PinLetter, *, by: Actor, at: datetime) -> bytes:
    """The PDF, this once; erased with it. Audited. Raises OnlySupportSendsLetters, LetterGone or LetterUnreadable.

    Call it outside a transaction.
    """
    with refusals_recorded("account:letter:refused", by=by, at=at, account=letter.account):
        _insist_on_support(by, at)
        locked = PinLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        if locked.state != LetterState.READY:
            raise LetterGone
        try:
            pdf = b64decode(unseal(locked.sealed))
        except SealBroken:
            raise LetterUnreadable from None
        locked.downloaded_by = by.account
        _end(locked, LetterState.DOWNLOADED, at=at)
        record("account:letter:downloaded", by=by, at=at, account=letter.account)
    return pdf


def erase_letters(letters: PinLetterQuerySet, state: LetterState, *, by: Actor, at: datetime) -> int:
    """In the caller's transaction."""
    locked = list(letters.sealed_now().select_for_update(of=("self",)).select_related("account__organisation"))
    for letter in locked:
        _end(letter, state, at=at)
        record("account:letter:erased", by=by, at=at, account=letter.account)
    return len(locked)


@transaction.atomic
def erase_old_letters(*, at: datetime) -> int:
    """Those that nobody fetched in time; how many. Safe to do twice."""
    return erase_letters(PinLetter.objects.overdue(at - KEPT_FOR), LetterState.EXPIRED, by=PORTAL, at=at)


def _end(letter: PinLetter, state: LetterState, *, at: datetime) -> None:
    letter.sealed, letter.state, letter.ended_at = "", state, at
    letter.save(update_fields=["sealed", "state", "ended_at", "downloaded_by"])


def _insist_on_support(by: Actor, at: datetime) -> None:
    if not lifter_of(by, at).is_support:
        raise OnlySupportSendsLetters
