"""Support opens a case while somebody is on the telephone, or has written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from accounts.choices import Outcome
from accounts.models import Account
from accounts.services import refusals_recorded
from blocking.choices import CallerRole, CaseChannel, CaseState
from blocking.models import Block, SupportCase
from blocking.policy import CaseFacts, may_handle, may_take
from blocking.queries.cases import case_facts, free_blocks_of
from blocking.queries.lifting import lifter_of
from blocking.refusals import CaseChanged
from blocking.services.cases.closing import close
from blocking.services.cases.records import ACT_REFUSED, insist, lock_account, locked, next_number, record_on


@dataclass(frozen=True, slots=True)
class Quoted:
    """The numbers as the caller said them; a colleague at Support has no AGB code."""

    agb_code: str
    user_number: str

    @classmethod
    def of(cls, account: Account) -> Quoted:
        organisation = account.organisation
        return cls(organisation.agb_code if organisation else "", account.user_number)


@dataclass(frozen=True, slots=True)
class CallerSaid:
    """Who somebody on the telephone says to be."""

    role: CallerRole
    name: str


NOBODY = CallerSaid(CallerRole.SUPPORT, "Support zelf")


def open_case(
    *,
    quoted: Quoted,
    caller: CallerSaid,
    channel: CaseChannel,
    by: Actor,
    at: datetime,
    about: Block | None = None,
    note: str = "",
    instead_of: SupportCase | None = None,
) -> SupportCase:
    """A case with its number, handled by who opened it. Audited.

    `instead_of`: an open case whose numbers matched nobody, handled by who corrects it; that one is withdrawn, and
    says which came in its place. Raises NotAssignee, CaseClosed, or CaseChanged where its numbers match.

    Where the numbers do not match one account (or not that of the block it is about), the case is made all the same,
    without account: it can never be granted, and the mismatch is in the log. Raises NotSupportsCase, or OwnCase.
    """
    found, is_own = _named_by(quoted, about), caller.role == CallerRole.SUPPORT
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=found):
        facts = CaseFacts(is_open=True, assignee_id=None, account_id=found.pk if found else None)
        insist(may_take(lifter_of(by, at), facts))
        lock_account(found.pk if found else None)
        mistaken = _insist_on_mistaken(instead_of, by=by, at=at) if instead_of else None
        case = SupportCase.objects.create(
            number=next_number(at),
            channel=channel,
            # Where nobody asked, nobody quoted anything either.
            quoted_agb_code="" if is_own else quoted.agb_code,
            quoted_user_number="" if is_own else quoted.user_number,
            account=found,
            organisation=found.organisation if found else None,
            block=_block_of(found, about) if found else None,
            caller_role=caller.role,
            caller_name=caller.name,
            note=note,
            opened_at=at,
            opened_by=by.account,
            assignee=by.account,
        )
        record_on(case, "account:case:recorded", by=by, at=at, channel=case.get_channel_display())
        if found is None:
            _record_mismatch(case, by=by, at=at)
        if mistaken:
            _withdraw_replaced(mistaken, case, by=by, at=at)
    return case


def _insist_on_mistaken(case: SupportCase, *, by: Actor, at: datetime) -> SupportCase:
    now = locked(case)
    insist(may_handle(lifter_of(by, at), case_facts(now)))
    if now.numbers_match:
        raise CaseChanged
    return now


def _withdraw_replaced(mistaken: SupportCase, by_case: SupportCase, *, by: Actor, at: datetime) -> None:
    why = f"De nummers klopten niet. In de plaats hiervan kwam verzoek {by_case.number}."
    close(mistaken, CaseState.WITHDRAWN, by=by, at=at, note=why)
    record_on(mistaken, "account:case:withdrawn", by=by, at=at, remark=why)


def _named_by(quoted: Quoted, about: Block | None) -> Account | None:
    """The one account that both numbers belong to."""
    account = _with_number(quoted.user_number)
    if account is None or Quoted.of(account) != quoted:
        return None
    return None if about and about.account_id != account.pk else account


def _with_number(user_number: str) -> Account | None:
    return Account.objects.live().select_related("organisation").filter(user_number=user_number).first()


def _block_of(account: Account, about: Block | None) -> Block | None:
    """The block it was opened for, or else the only one there is; never one that another case is about."""
    free = list(free_blocks_of(account))
    named = [block for block in free if about is None or block.pk == about.pk]
    return named[0] if len(named) == 1 else None


def _record_mismatch(case: SupportCase, *, by: Actor, at: datetime) -> None:
    """On the account whose number was said, if there is one: somebody may be trying something."""
    on = _with_number(case.quoted_user_number)
    record_on(case, "account:case:mismatched", by=by, at=at, account=on, outcome=Outcome.REFUSED)
