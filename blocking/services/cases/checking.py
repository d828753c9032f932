"""Making sure who asks: by the code from the message box, by calling back, or by the registered mail address."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from accounts.actors import Actor
from accounts.services import refusals_recorded
from blocking.choices import CallerCheck, CallerRole
from blocking.models import CallerCode, SupportCase
from blocking.policy import may_choose
from blocking.queries.cases import case_facts
from blocking.queries.lifting import lifter_of
from blocking.refusals import CallerCodeWrong
from blocking.services.cases.codes import spend_code
from blocking.services.cases.opening import CallerSaid
from blocking.services.cases.records import ACT_REFUSED, insist, locked, record_on

BY_SUPPORT: Final = frozenset({CallerCheck.CALL_BACK, CallerCheck.REGISTERED_EMAIL})


def check_caller(
    case: SupportCase, *, check: CallerCheck, spoken_to: CallerSaid, by: Actor, at: datetime, seen: str
) -> SupportCase:
    """Support rang back, or had a mail from or to the registered address, and there spoke to this person. Audited.

    Raises NumbersDoNotMatch, NotAssignee, CaseChanged, CaseClosed; refusals are audited.
    """
    if check not in BY_SUPPORT or spoken_to.role == CallerRole.SUPPORT:
        raise ValueError("Only a caller can be checked so.")
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=case.account):
        now = _locked_to_check(case, by=by, at=at, seen=seen)
        now.caller_role, now.caller_name, now.caller_account = spoken_to.role, spoken_to.name, None
        _write_check(now, check, by=by, at=at)
    return now


def check_caller_by_code(case: SupportCase, *, code: str, by: Actor, at: datetime, seen: str) -> SupportCase:
    """The code that the caller read out says which contact person of the case's organisation it is. Audited.

    Raises CallerCodeWrong, which counts: at five a code is worthless; else as `check_caller`. Refusals are audited.
    """
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=case.account):
        now = _locked_to_check(case, by=by, at=at, seen=seen)
        spent = spend_code(code, now.organisation, at=at) if now.organisation else None
        if spent:
            _name_caller(now, spent)
            _write_check(now, CallerCheck.PORTAL_CODE, by=by, at=at)
    # The wrong entry has been counted and committed before it is refused.
    with refusals_recorded(ACT_REFUSED, by=by, at=at, account=case.account):
        if spent is None:
            raise CallerCodeWrong
    return now


def _locked_to_check(case: SupportCase, *, by: Actor, at: datetime, seen: str) -> SupportCase:
    now = locked(case)
    insist(may_choose(lifter_of(by, at), case_facts(now, seen=seen)))
    return now


def _name_caller(case: SupportCase, spent: CallerCode) -> None:
    """Only a contact person with a live mandate has such a code."""
    case.caller_role, case.caller_name, case.caller_account = (
        CallerRole.CONTACT_PERSON,
        spent.account.name,
        spent.account,
    )


def _write_check(case: SupportCase, check: CallerCheck, *, by: Actor, at: datetime) -> None:
    case.caller_check, case.checked_at, case.checked_by = check, at, by.account
    case.save(update_fields=_CHECK_FIELDS)
    record_on(case, "account:case:caller_checked", by=by, at=at, check=case.get_caller_check_display())


_CHECK_FIELDS = ("caller_role", "caller_name", "caller_account", "caller_check", "checked_at", "checked_by")
