"""Lifting a block: the counter reset, the audit event, the notice to the rightful user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import announce_change, record, record_refusal
from blocking import metrics
from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.models import Block
from blocking.policy import SECRET_OF_REASON, Caller, may_lift
from blocking.queries.lifting import facts_of, lifter_of
from blocking.refusals import LiftRefused, refusal_of
from blocking.services import counting
from blocking.services.notices import tell_block_lifted


@dataclass(frozen=True, slots=True)
class Lift:
    """How a block is lifted: in which way, why, and on whose request."""

    channel: LiftChannel
    reason: LiftReason
    note: str = ""
    caller: Caller | None = None


def lift_block(
    block: Block,
    *,
    by: Actor,
    at: datetime,
    channel: LiftChannel,
    reason: LiftReason,
    note: str = "",
    caller: Caller | None = None,
) -> Block:
    """Lift a block, at once: five fresh attempts, audited, the rightful user told by mail.

    Raises a LiftRefused named for the ground (`blocking.refusals`) when the policy does not allow
    it; the refusal is audited. Call it outside a transaction, or the refusal is forgotten with it.
    """
    lift = Lift(channel, reason, note, caller)
    try:
        with transaction.atomic():
            return _lift_if_allowed(block, by=by, at=at, lift=lift)
    except LiftRefused as refusal:
        record_refusal("account:block_lift:refused", refusal, by=by, at=at, account=block.account)
        raise


def lift_without_asking(block: Block, *, by: Actor, at: datetime, lift: Lift) -> None:
    """Lift where the act itself is the permission. In the caller's transaction, nothing refused."""
    _write(_locked(block), by=by, at=at, lift=lift)


def _lift_if_allowed(block: Block, *, by: Actor, at: datetime, lift: Lift) -> Block:
    locked = _locked(block)
    verdict = may_lift(
        lifter_of(by, at),
        facts_of(locked, at),
        lift.caller,
        lift.channel,
        lift_budget=settings.PORTAL_LIFT_BUDGET,
    )
    if not verdict.is_allowed:
        raise refusal_of(verdict)
    return _write(locked, by=by, at=at, lift=lift)


def _locked(block: Block) -> Block:
    """The block as it is now, locked in the order account, budgets, block.

    The account's lock makes two lifts of one account count one after the other.
    """
    Account.objects.select_for_update(no_key=True).get(pk=block.account_id)
    secret = SECRET_OF_REASON.get(BlockReason(block.reason))
    if secret:
        counting.lock_budgets(block.account, secret)
    locked = Block.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("account__organisation", "service").get(pk=block.pk)


def _write(block: Block, *, by: Actor, at: datetime, lift: Lift) -> Block:
    block.lifted_at = at
    block.lifted_by = by.account
    block.lift_channel = lift.channel
    block.lift_reason = lift.reason
    block.lift_note = lift.note
    block.lift_caller = lift.caller.role if lift.caller else ""
    block.save(update_fields=_LIFT_FIELDS)
    secret = SECRET_OF_REASON.get(BlockReason(block.reason))
    if secret:
        counting.start_afresh(block.account, secret)
    _audit(block, by=by, at=at)
    tell_block_lifted(block, by=by, at=at)
    announce_change([block.account_id])
    counted = metrics.blocks_lifted.labels(reason=block.reason, channel=block.lift_channel)
    transaction.on_commit(counted.inc, robust=True)
    return block


_LIFT_FIELDS = (
    "lifted_at",
    "lifted_by",
    "lift_channel",
    "lift_reason",
    "lift_note",
    "lift_caller",
)


def _audit(block: Block, *, by: Actor, at: datetime) -> None:
    record(
        "account:block:lifted",
        by=by,
        at=at,
        account=block.account,
        parameters={
            "block": str(block.public_id),
            "reason": block.reason_in_words,
            "channel": block.get_lift_channel_display(),
            "why": block.get_lift_reason_display(),
            "note": block.lift_note,
            "caller": block.get_lift_caller_display(),
        },
    )
