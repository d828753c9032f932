"""A contact person asks Support to lift a block: the case arrives complete."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from accounts.actors import Actor
from accounts.services import refusals_recorded
from blocking.choices import CallerCheck, CallerRole, CaseChannel, LiftChannel
from blocking.models import Block, SupportCase
from blocking.policy import may_file, may_lift
from blocking.queries.cases import open_case_of
from blocking.queries.lifting import facts_of, lifter_of
from blocking.refusals import LiftItYourself, refusal_of
from blocking.services.cases.opening import Quoted
from blocking.services.cases.records import lock_account, next_number, record_on


def file_case(block: Block, *, by: Actor, at: datetime) -> SupportCase:
    """The open case about this block, made if there is none yet: who asks twice finds the first. Audited.

    The caller is the signed-in contact person, and signing in is the check. Raises LiftItYourself where Support is not
    needed, else a LiftRefused for what stands in the way of any lift: another organisation's, lifted already, no
    mandate at this moment. Refusals are audited.
    """
    with refusals_recorded("account:case_filing:refused", by=by, at=at, account=block.account):
        lock_account(block.account_id)
        now = Block.objects.select_related("account__organisation", "service").get(pk=block.pk)
        _insist_on_support(now, by=by, at=at)
        return open_case_of(now) or _file(now, by=by, at=at)


def _insist_on_support(block: Block, *, by: Actor, at: datetime) -> None:
    lifter, budget = lifter_of(by, at), settings.PORTAL_LIFT_BUDGET
    verdict = may_lift(lifter, facts_of(block, at), None, LiftChannel.USER_ADMINISTRATION, lift_budget=budget)
    if verdict.is_allowed:
        raise LiftItYourself
    if not may_file(verdict):
        raise refusal_of(verdict)


def _file(block: Block, *, by: Actor, at: datetime) -> SupportCase:
    quoted, filer = Quoted.of(block.account), by.account
    case = SupportCase.objects.create(
        number=next_number(at),
        channel=CaseChannel.PORTAL,
        quoted_agb_code=quoted.agb_code,
        quoted_user_number=quoted.user_number,
        account=block.account,
        organisation=block.account.organisation,
        block=block,
        caller_role=CallerRole.CONTACT_PERSON,
        caller_name=filer.name if filer else "",
        caller_account=filer,
        caller_check=CallerCheck.SIGNED_IN,
        checked_at=at,
        opened_at=at,
        opened_by=filer,
    )
    record_on(case, "account:case:filed", by=by, at=at, reason=block.reason_in_words)
    return case
