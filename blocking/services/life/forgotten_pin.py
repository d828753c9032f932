"""A forgotten PIN: anybody who knows a user number may say so, and hears nothing; a worker does what is to be done."""

from __future__ import annotations

import logging
from datetime import datetime
from zlib import crc32

from celery import current_app
from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.afterwards import afterwards
from accounts.choices import AccountKind
from accounts.models import Account
from accounts.outages import LeftAlone
from accounts.policy import canonical_user_number
from accounts.services import locked_account, record, record_refusal
from blocking.choices import BlockReason
from blocking.life_refusals import pin_refusal_of
from blocking.models import PinRequest
from blocking.policy.pins import PinCode, can_have_new_pin
from blocking.queries.doors import AtTheDoor, at_the_door
from blocking.queries.pins import is_blocked_by_support, waiting_requests
from blocking.services import counting, hashing, throttle
from blocking.services.life.pins import ASKED, hand_over
from blocking.windows import AMSTERDAM
from messagebox.queries import readers
from messagebox.services import post_message

logger = logging.getLogger(__name__)

PIN_ASKED = "blocking:pin_asked"
TASK = "blocking.answer_pin_requests"

broker_left_alone = LeftAlone()


def ask_for_pin(*, user_number: str, by: Actor, at: datetime) -> None:
    """Note that the PIN of this number is forgotten, if it is anybody's; the caller learns nothing, also from the time.

    Once a day for each account. Audited where there is one. Raises SourceThrottled: every question from a source
    counts, whoever it is about.
    """
    throttle.insist_on_room(by=by)
    throttle.count_failure(by=by)
    found = at_the_door(canonical_user_number(user_number), by=by, at=at)
    with transaction.atomic():
        if found and _is_served(found):
            _note(found.account, by=by, at=at)
        else:
            _note_nothing(found.account.pk if found else crc32(user_number.encode()))


def _is_served(found: AtTheDoor) -> bool:
    """People of an organisation; for software the contact person issues one in user administration."""
    account = found.account
    blocked = any(block.reason == BlockReason.SUPPORT for block in found.open_blocks)
    verdict = can_have_new_pin(state=account.state, is_blocked_by_support=blocked)
    return account.kind == AccountKind.PERSONAL and account.organisation_id is not None and verdict == PinCode.ALLOWED


def _note(account: Account, *, by: Actor, at: datetime) -> None:
    asked = PinRequest(
        account=account,
        asked_at=at,
        asked_on=at.astimezone(AMSTERDAM).date(),
        source_address=by.source_address,
        user_agent=by.user_agent,
    )
    PinRequest.objects.bulk_create([asked], ignore_conflicts=True)
    record("account:pin:asked", by=by, at=at, account=account)
    transaction.on_commit(lambda: afterwards(_nudge), robust=True)


def _note_nothing(decoy: int) -> None:
    """As many writes as there are for somebody."""
    counting.write_to_decoy(decoy)
    counting.write_to_decoy(decoy)


def _nudge() -> None:
    """Ask a worker to answer now; what is missed is swept."""
    if broker_left_alone:
        return
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True)
    except Exception:  # noqa: BLE001 - whatever a broker raises, the sweep answers what waits
        broker_left_alone.leave(seconds=settings.PORTAL_DELIVERY_SWEEP_SECONDS)
        logger.warning("The queue is away; questions for a new PIN wait for the sweep.")


def answer_pin_requests(*, at: datetime) -> int:
    """Answer what waits, each in a transaction of its own; how many. Safe to do twice, also at once."""
    return sum(_answer(pk, at=at) for pk in waiting_requests().values_list("pk", flat=True))


def _answer(pk: int, *, at: datetime) -> bool:
    with hashing.hashing_place(), transaction.atomic():
        asked = waiting_requests().select_for_update(skip_locked=True).filter(pk=pk).first()
        if asked is None:
            return False
        asked.answered_at = at
        asked.save(update_fields=["answered_at"])
        by = Actor(source_address=asked.source_address, user_agent=asked.user_agent)
        _give(locked_account(asked.account_id), by=by, at=at)
    return True


def _give(account: Account, *, by: Actor, at: datetime) -> None:
    """A new PIN for the contact persons, or a task for Support where nobody could read it: then the old one stays."""
    verdict = can_have_new_pin(state=account.state, is_blocked_by_support=is_blocked_by_support(account))
    refusal = pin_refusal_of(verdict)
    if refusal:
        record_refusal("account:pin_issue:refused", refusal, by=by, at=at, account=account)
    elif account.organisation and readers(account.organisation, at).exists():
        hand_over(account, to=account.organisation, why=ASKED, by=by, at=at)
    elif account.organisation:
        post_message(account.organisation, kind=PIN_ASKED, parameters={}, about=account, by=by, at=at)
