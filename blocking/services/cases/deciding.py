"""Granting, refusing and withdrawing a case."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from accounts.services import refusals_recorded
from blocking.choices import CaseState, LiftChannel, LiftReason
from blocking.models import SupportCase
from blocking.policy import may_ask, may_grant, may_handle, may_withdraw
from blocking.queries.cases import caller_facts, caller_of, case_facts
from blocking.queries.lifting import lifter_of
from blocking.refusals import CaseRefused, NoBlockChosen, case_refusal_of
from blocking.services.cases.closing import close
from blocking.services.cases.records import ACT_REFUSED, insist, insist_on_reason, locked, record_on, slug_of_refused
from blocking.services.lifting import Allowance, Lift, lift_in_case, locked_block
from blocking.services.notices import tell_case_refused


def grant_case(
    case: SupportCase,
    *,
    by: Actor,
    at: datetime,
    seen: str,
    note: str,
    reason: LiftReason = LiftReason.OTHER,
    states_absence: bool = False,
    allowance: Allowance | None = None,
) -> SupportCase:
    """Lift the block that the case is about, at once, and tell the organisation and the rightful user. Audited.

    Of a quota block the meter stays: the account gets an allowance of queries, the portal's own where none is given.
    Raises a LiftRefused where the policy refuses the lift for this caller, AllowanceOutOfBounds, NumbersDoNotMatch,
    NoBlockChosen, NotAssignee, CaseChanged, CaseClosed or ReasonMissing; CallerHasNoMandate or CallerBlocked where the
    contact person who asks may ask nothing any more. Refusals are audited.
    """
    with refusals_recorded(slug_of_refused, by=by, at=at, account=case.account):
        # In the order account, budgets, block, case.
        block = locked_block(case.block) if case.block else None
        now = locked(case)
        insist(may_grant(lifter_of(by, at), case_facts(now, seen=seen)))
        if caller := caller_facts(now, at):
            insist(may_ask(caller))
        insist_on_reason(note)
        if block is None or block.pk != now.block_id:
            raise NoBlockChosen
        now.states_absence = now.states_absence or states_absence
        lift = Lift(LiftChannel(now.channel), reason, note, caller_of(now), now, allowance)
        now.block = lift_in_case(block, by=by, at=at, lift=lift)
        close(now, CaseState.GRANTED, by=by, at=at, note=note)
        record_on(now, "account:case:granted", by=by, at=at)
    return now


def refuse_case(case: SupportCase, *, by: Actor, at: datetime, seen: str, note: str) -> SupportCase:
    """The block stays; the reason lies in the organisation's message box. Audited.

    Raises NotAssignee, CaseChanged, CaseClosed or ReasonMissing; refusals are audited.
    """
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=case.account):
        now = locked(case)
        insist(may_handle(lifter_of(by, at), case_facts(now, seen=seen)))
        insist_on_reason(note)
        close(now, CaseState.REFUSED, by=by, at=at, note=note)
        record_on(now, "account:case:refused", by=by, at=at, note=note)
        tell_case_refused(now, by=by, at=at)
    return now


def why_not_to_withdraw(case: SupportCase, *, by: Actor, at: datetime) -> CaseRefused | None:
    """For showing only: the act asks again."""
    verdict = may_withdraw(lifter_of(by, at), case_facts(case))
    return None if verdict.is_allowed else case_refusal_of(verdict)


def withdraw_case(case: SupportCase, *, by: Actor, at: datetime, seen: str, reason: str = "") -> SupportCase:
    """Nobody asks any more: by a contact person where one filed it, or by the assignee with a reason. Audited.

    Raises NotYourCase, NotFiledByYou, NoMandateForCase, NotAssignee, CaseChanged, CaseClosed or ReasonMissing; refusals
    are audited.
    """
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=case.account):
        now, person = locked(case), lifter_of(by, at)
        insist(may_withdraw(person, case_facts(now, seen=seen)))
        if person.is_support:
            insist_on_reason(reason)
        close(now, CaseState.WITHDRAWN, by=by, at=at, note=reason)
        record_on(now, "account:case:withdrawn", by=by, at=at, remark=reason)
    return now
