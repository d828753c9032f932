"""Whose case it is, and which block it is about: two people never handle one case."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import refusals_recorded
from blocking.models import Block, SupportCase
from blocking.policy import may_choose, may_handle, may_take
from blocking.queries.cases import asks_for_quotes, case_facts, free_blocks_of, open_case_of
from blocking.queries.lifting import lifter_of
from blocking.refusals import BlockHasACase, NoColleague, NotOfThisAccount, NumbersDoNotMatch
from blocking.services.cases.opening import Quoted
from blocking.services.cases.records import ACT_REFUSED, insist, insist_on_reason, locked, record_on


def take_case(case: SupportCase, *, by: Actor, at: datetime, seen: str, reason: str = "") -> SupportCase:
    """From now on `by` handles it; taking over from a colleague wants a reason. Audited.

    `seen` is `case.as_seen` of when the person decided, here and in every act. Raises CaseChanged where it is something
    else by now, CaseClosed, NotSupportsCase, OwnCase, or ReasonMissing. Refusals are audited.
    """
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=case.account):
        now = locked(case)
        insist(may_take(lifter_of(by, at), case_facts(now, seen=seen)))
        before = now.assignee
        if before == by.account:
            return now
        if before:
            insist_on_reason(reason)
        now.assignee = by.account
        now.save(update_fields=["assignee"])
        if before:
            record_on(now, "account:case:taken_over", by=by, at=at, previous=before.name, remark=reason)
        else:
            record_on(now, "account:case:taken", by=by, at=at)
    return now


def hand_over_case(
    case: SupportCase, *, to: Account | None, by: Actor, at: datetime, seen: str, reason: str
) -> SupportCase:
    """A colleague handles it from now on; without `to` it goes back to the queue. Audited.

    Raises NotAssignee, NoColleague, ReasonMissing, CaseChanged, CaseClosed. Refusals are audited.
    """
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=case.account):
        now = locked(case)
        insist(may_handle(lifter_of(by, at), case_facts(now, seen=seen)))
        insist_on_reason(reason)
        if to and not (to.is_staff and to.is_active and to not in (by.account, now.account)):
            raise NoColleague
        now.assignee = to
        now.save(update_fields=["assignee"])
        record_on(now, "account:case:handed_over", by=by, at=at, to=to.name if to else "", remark=reason)
    return now


def choose_block(
    case: SupportCase, *, block: Block, by: Actor, at: datetime, seen: str, quoted: Quoted | None = None
) -> SupportCase:
    """The case is about this open block of its account. Audited.

    `quoted` where `asks_for_quotes`: for a block that wants numbers quoted, in a case in which nobody did so yet.

    Raises NotOfThisAccount, BlockHasACase where another case is about it, NumbersDoNotMatch, NotAssignee, CaseChanged,
    CaseClosed. Refusals are audited.
    """
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=case.account):
        now = locked(case)
        insist(may_choose(lifter_of(by, at), case_facts(now, seen=seen)))
        if block.pk != now.block_id:
            _insist_on_free(block, now)
            if asks_for_quotes(now, block):
                _take_down(quoted, now)
            now.block = block
            now.save(update_fields=["block", "quoted_agb_code", "quoted_user_number"])
            record_on(now, "account:case:block_chosen", by=by, at=at, reason=block.reason_in_words)
    return now


def _take_down(quoted: Quoted | None, case: SupportCase) -> None:
    if quoted is None or case.account is None or quoted != Quoted.of(case.account):
        raise NumbersDoNotMatch
    case.quoted_agb_code, case.quoted_user_number = quoted.agb_code, quoted.user_number


def _insist_on_free(block: Block, case: SupportCase) -> None:
    if block.account_id != case.account_id or not block.is_open:
        raise NotOfThisAccount
    if case.account is None or not free_blocks_of(case.account).filter(pk=block.pk).exists():
        raise BlockHasACase if open_case_of(block) else NotOfThisAccount
