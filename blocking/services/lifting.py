"""Lifting a block: the counter reset, the audit event, the notice to the rightful user.

Contact persons lift at once. What Support lifts is the decision on a case (`blocking.services.cases.deciding`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import announce_change, record, refusals_recorded
from blocking import metrics
from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.models import Block, Probation, SupportCase
from blocking.policy import SECRET_OF_REASON, Caller, may_lift, suits
from blocking.queries.lifting import facts_of, lifter_of
from blocking.refusals import AllowanceOutOfBounds, refusal_of
from blocking.services import counting
from blocking.services.cases.closing import withdraw_overtaken
from blocking.services.notices import tell_block_lifted
from blocking.windows import midnight_of


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an account may still query after a quota block: so many past the quota, until then."""

    queries: int
    until: datetime

    @classmethod
    def usual(cls, at: datetime) -> Allowance:
        """Until the end of the Amsterdam day."""
        return cls(settings.PORTAL_PROBATION_QUERIES, midnight_of(at, days_later=1))


@dataclass(frozen=True, slots=True)
class Lift:
    """How a block is lifted: in which way, why, and by which case on whose request.

    `allowance` belongs to a quota block; without one it is the usual.
    """

    channel: LiftChannel
    reason: LiftReason
    note: str = ""
    caller: Caller | None = None
    case: SupportCase | None = None
    allowance: Allowance | None = None


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

    Raises a LiftRefused named for the ground (`blocking.refusals`) when the policy does not allow it, as it never does
    in a channel of Support's, which wants a case; the refusal is audited. Call it outside a transaction, or the
    refusal is forgotten with it.
    """
    lift = Lift(channel, reason, note, caller)
    with refusals_recorded("account:block_lift:refused", by=by, at=at, account=block.account):
        return _lift_if_allowed(locked_block(block), by=by, at=at, lift=lift)


def lift_in_case(block: Block, *, by: Actor, at: datetime, lift: Lift) -> Block:
    """Lift by the case that `lift` names. In the caller's transaction, block and case locked; raises as `lift_block`,
    or AllowanceOutOfBounds, and the caller audits that."""
    return _lift_if_allowed(block, by=by, at=at, lift=lift)


def lift_without_asking(block: Block, *, by: Actor, at: datetime, lift: Lift) -> Block | None:
    """Lift where the act itself is the permission; None where it was lifted already. In the caller's transaction."""
    locked = locked_block(block)
    return _write(locked, by=by, at=at, lift=lift) if locked.is_open else None


def _lift_if_allowed(block: Block, *, by: Actor, at: datetime, lift: Lift) -> Block:
    """The block is locked."""
    verdict = may_lift(
        lifter_of(by, at),
        facts_of(block, at),
        lift.caller,
        lift.channel,
        lift_budget=settings.PORTAL_LIFT_BUDGET,
        in_case=lift.case is not None,
    )
    if not verdict.is_allowed:
        raise refusal_of(verdict)
    return _write(block, by=by, at=at, lift=lift)


def locked_block(block: Block) -> Block:
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
    # The clock that opened it may have been a little ahead of this one.
    block.lifted_at = max(at, block.opened_at)
    block.lifted_by = by.account
    block.lift_channel = lift.channel
    block.lift_reason = lift.reason
    block.lift_note = lift.note
    block.lift_caller = lift.caller.role if lift.caller else ""
    block.lift_case = lift.case
    block.save(update_fields=_LIFT_FIELDS)
    secret = SECRET_OF_REASON.get(BlockReason(block.reason))
    if secret:
        counting.start_afresh(block.account, secret)
    probation = _grant_probation(block, lift.allowance or Allowance.usual(at), by=by, at=at)
    _audit(block, probation, by=by, at=at)
    withdraw_overtaken(block, by=by, at=at, decided=lift.case)
    tell_block_lifted(block, probation, by=by, at=at)
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
    "lift_case",
)


def _grant_probation(block: Block, allowance: Allowance, *, by: Actor, at: datetime) -> Probation | None:
    """After a quota block the meter stays where it is, so some queries past the quota are let through."""
    if block.service is None:
        return None
    if not suits(queries=allowance.queries, until=allowance.until, at=at):
        raise AllowanceOutOfBounds
    return Probation.objects.create(
        account=block.account,
        service=block.service,
        queries=allowance.queries,
        granted_at=at,
        valid_until=allowance.until,
        granted_by=by.account,
    )


def _audit(block: Block, probation: Probation | None, *, by: Actor, at: datetime) -> None:
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
            "case": block.lift_case.number if block.lift_case else "",
            "queries": probation.queries if probation else None,
            "until": probation.valid_until.isoformat() if probation else "",
        },
    )
