"""Support cases: who may do what with one, as pure functions (behaviour.md, section 6).

    filed in the portal        opened on the telephone or by e-mail,
    (complete, checked)        numbers that match nobody as well
            |                          |
            v                          v
         +--------------------------------+    take, hand over, choose block, check caller:
         |              open              | --+ stays open; only the assignee acts,
         +--------------------------------+ <-+ taking over is an act of its own
            |              |            |
        grant|        refuse|    withdraw| by a contact person, if one filed it, by the
             |              |            | assignee, or because the block was lifted otherwise
             v              v            v
          granted        refused     withdrawn      (and no way back)

Whoever acts says how the case looked when they decided to: where it is different by now, they look first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from blocking.policy.lifting import Lifter
from blocking.verdicts import CaseCode, CaseVerdict, LiftCode, Verdict
from blocking.windows import midnight_of

# An allowance after a quota block: today and six days more, and no more queries than means something.
ALLOWANCE_DAYS: Final = 7
ALLOWANCE_QUERIES: Final = 1_000_000

# What a contact person does not lift, and Support does.
_FOR_SUPPORT: Final = frozenset(
    {
        LiftCode.SYSTEM_ACCOUNT,
        LiftCode.ONLY_SUPPORT_MAY_LIFT,
        LiftCode.OWN_ACCOUNT,
        LiftCode.LIFT_BUDGET_SPENT,
    }
)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as the rules see it. `is_as_seen`: it is still what it was when somebody decided to act."""

    is_open: bool
    assignee_id: int | None
    account_id: int | None
    organisation_id: int | None = None
    has_block: bool = False
    filed_by_id: int | None = None
    is_as_seen: bool = True

    @property
    def numbers_match(self) -> bool:
        return self.account_id is not None


@dataclass(frozen=True, slots=True)
class CallerFacts:
    """A contact person of whom the portal itself knows that they ask, at the moment of the act."""

    has_mandate: bool
    is_blocked_by_support: bool


def may_ask(caller: CallerFacts) -> CaseVerdict:
    """Somebody may have been a contact person when they asked, and be none now; or their account was stolen."""
    return _first(
        (not caller.has_mandate, CaseCode.CALLER_HAS_NO_MANDATE),
        (caller.is_blocked_by_support, CaseCode.CALLER_BLOCKED),
    )


def may_file(lift: Verdict) -> bool:
    """May a contact person, to whom lifting is answered so, ask Support instead?"""
    return lift.code in _FOR_SUPPORT


def may_take(handler: Lifter, case: CaseFacts) -> CaseVerdict:
    return _first(*_grounds_for_anybody(handler, case))


def may_handle(handler: Lifter, case: CaseFacts) -> CaseVerdict:
    """Hand over, refuse, withdraw: whatever ends with the assignee alone."""
    return _first(*_grounds_for_anybody(handler, case), *_grounds_for_others(handler, case))


def may_choose(handler: Lifter, case: CaseFacts) -> CaseVerdict:
    """Choose a block, check the caller: only where the numbers say whose account it is."""
    return _first(
        *_grounds_for_anybody(handler, case),
        *_grounds_for_others(handler, case),
        (not case.numbers_match, CaseCode.NUMBERS_DO_NOT_MATCH),
    )


def may_grant(handler: Lifter, case: CaseFacts) -> CaseVerdict:
    """Whether the block may be lifted for this caller is asked of `may_lift` as well."""
    verdict = may_choose(handler, case)
    return verdict if not verdict.is_allowed else _first((not case.has_block, CaseCode.NO_BLOCK_CHOSEN))


def may_withdraw(person: Lifter, case: CaseFacts) -> CaseVerdict:
    """What an organisation asked, any of its contact persons takes back: who filed it may be away."""
    if person.is_support:
        return may_handle(person, case)
    return _first(
        (person.mandate_of is None, CaseCode.NO_LIVE_MANDATE),
        (person.mandate_of != case.organisation_id, CaseCode.NOT_YOUR_ORGANISATION),
        (case.filed_by_id is None, CaseCode.NOT_FILED_BY_YOU),
        (not case.is_open, CaseCode.CASE_CLOSED),
    )


def suits(*, queries: int, until: datetime, at: datetime) -> bool:
    """Is this an allowance that may be given?"""
    return 1 <= queries <= ALLOWANCE_QUERIES and at < until <= midnight_of(at, days_later=ALLOWANCE_DAYS)


_Ground = tuple[bool, CaseCode]


def _grounds_for_anybody(handler: Lifter, case: CaseFacts) -> tuple[_Ground, ...]:
    return (
        (not handler.is_support, CaseCode.NOT_SUPPORT),
        (case.numbers_match and handler.account_id == case.account_id, CaseCode.OWN_CASE),
        (not case.is_open, CaseCode.CASE_CLOSED),
        (not case.is_as_seen, CaseCode.CASE_CHANGED),
    )


def _grounds_for_others(handler: Lifter, case: CaseFacts) -> tuple[_Ground, ...]:
    return ((handler.account_id != case.assignee_id, CaseCode.NOT_ASSIGNEE),)


def _first(*grounds: _Ground) -> CaseVerdict:
    """The first ground for refusal."""
    return CaseVerdict(next((code for refused, code in grounds if refused), CaseCode.ALLOWED))
