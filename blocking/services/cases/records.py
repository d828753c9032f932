"""What every act on a case shares: its number, its lock, its line in the log, and the log of what is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from accounts.actors import Actor
from accounts.choices import Outcome
from accounts.models import Account
from accounts.refusals import Refusal
from accounts.services import record, record_refusal
from blocking.models import SupportCase
from blocking.refusals import LiftRefused, ReasonMissing, case_refusal_of
from blocking.verdicts import CaseVerdict
from blocking.windows import AMSTERDAM

ACT_REFUSED: Final = "account:case_act:refused"
LIFT_REFUSED: Final = "account:block_lift:refused"


def next_number(at: datetime) -> str:
    """S-2026-000123: unique for good, though not without gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('blocking_case_numbers')")
        (number,) = cursor.fetchone()
    return f"S-{at.astimezone(AMSTERDAM).year}-{number:06d}"


def lock_account(account_id: int | None) -> None:
    """Before anything of it is locked: acts on one account come one after the other."""
    if account_id is not None:
        Account.objects.select_for_update(no_key=True).get(pk=account_id)


def locked(case: SupportCase) -> SupportCase:
    """The case as it is now, locked in the order account, (budgets, block,) case."""
    lock_account(case.account_id)
    row = SupportCase.objects.select_for_update(of=("self",), no_key=True)
    return row.select_related("account__organisation", "organisation", "assignee", "block__service").get(pk=case.pk)


def insist(verdict: CaseVerdict) -> None:
    """Raises the CaseRefused that the verdict says, if it refuses."""
    if not verdict.is_allowed:
        raise case_refusal_of(verdict)


def insist_on_reason(reason: str) -> None:
    """Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing


def record_act_refused(refusal: Refusal, *, case: SupportCase, by: Actor, at: datetime) -> None:
    """An act that was not even tried, because it is refused whatever the person fills in."""
    record_refusal(slug_of_refused(refusal), refusal, by=by, at=at, account=case.account)


def slug_of_refused(refusal: Refusal) -> str:
    """A lift that is refused is found beside the other refused lifts, wherever it was tried."""
    return LIFT_REFUSED if isinstance(refusal, LiftRefused) else ACT_REFUSED


def record_on(
    case: SupportCase,
    slug: str,
    *,
    by: Actor,
    at: datetime,
    account: Account | None = None,
    outcome: Outcome = Outcome.SUCCEEDED,
    **parameters: str | int,
) -> None:
    """A line in the log, on the case's account. `note` is read by whoever reads the account's history; `remark` by
    Support alone."""
    record(
        slug,
        by=by,
        at=at,
        account=account or case.account,
        organisation=case.organisation,
        outcome=outcome,
        parameters={"number": case.number, **parameters},
    )
