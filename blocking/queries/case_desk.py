"""What Support's page of a case shows: whose it is, what may be done with it, who can be rung back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Account, Mandate
from accounts.policy import STATES_THAT_SIGN_IN
from blocking.choices import LiftChannel
from blocking.models import Block, BlockQuerySet, SupportCase
from blocking.policy import may_ask, may_choose, may_grant, may_handle, may_lift, may_take
from blocking.queries.cases import caller_facts, caller_of, case_facts, free_blocks_of
from blocking.queries.lifting import facts_of, lifter_of
from blocking.queries.support_desk import key_in
from blocking.refusals import LiftRefused, refusal_of
from blocking.verdicts import CaseVerdict


@dataclass(frozen=True, slots=True)
class Possible:
    """What somebody of Support may do with a case as it is now; for showing only, every act asks anew."""

    take: CaseVerdict
    handle: CaseVerdict
    choose: CaseVerdict
    grant: CaseVerdict
    # Why the block may not be lifted for this caller, as far as that is not asked on the way; None where it may.
    lift_refused: LiftRefused | None = None

    @property
    def lift_refusal(self) -> str:
        return self.lift_refused.sentence if self.lift_refused else ""

    @property
    def may_grant(self) -> bool:
        return self.grant.is_allowed and not self.lift_refused


def possible(case: SupportCase, *, by: Actor, at: datetime) -> Possible:
    handler, facts = lifter_of(by, at), case_facts(case)
    return Possible(
        take=may_take(handler, facts),
        handle=may_handle(handler, facts),
        choose=may_choose(handler, facts),
        grant=_grant(may_grant(handler, facts), case, at),
        lift_refused=_lift_refused(case, by=by, at=at),
    )


def _grant(verdict: CaseVerdict, case: SupportCase, at: datetime) -> CaseVerdict:
    caller = caller_facts(case, at)
    return may_ask(caller) if verdict.is_allowed and caller else verdict


def _lift_refused(case: SupportCase, *, by: Actor, at: datetime) -> LiftRefused | None:
    if case.block is None:
        return None
    facts = facts_of(case.block, at, recent_lifts=0)  # Support has no budget of lifts
    caller = replace(caller_of(case), states_absence=True)  # asked on the page where a case is granted
    channel, budget = LiftChannel(case.channel), settings.PORTAL_LIFT_BUDGET
    verdict = may_lift(lifter_of(by, at), facts, caller, channel, lift_budget=budget, in_case=True)
    return None if verdict.is_allowed else refusal_of(verdict)


def case_at_support(pk: int) -> SupportCase | None:
    """A case with whoever and whatever its page names."""
    named = SupportCase.objects.select_related(
        "account__organisation",
        "organisation",
        "assignee",
        "caller_account",
        "checked_by",
        "handled_by",
        "opened_by",
        "block__account__organisation",
        "block__service",
    )
    return named.filter(pk=pk).first()


def mistaken_case(key: str) -> SupportCase | None:
    """The open case that an address names by its key, if its numbers matched nobody; any other is as if not named."""
    return SupportCase.objects.open().filter(pk=key_in(key), account=None).first()


def blocks_to_choose(case: SupportCase) -> BlockQuerySet:
    return free_blocks_of(case.account).select_related("service", "account") if case.account else Block.objects.none()


def blocks_with_cases(case: SupportCase) -> list[tuple[Block, SupportCase | None]]:
    """Every open block of the account, oldest first, with the open case about it."""
    if case.account is None:
        return []
    blocks = Block.objects.open().filter(account=case.account).select_related("service")
    cases = {each.block_id: each for each in SupportCase.objects.open().filter(account=case.account)}
    return [(block, cases.get(block.pk)) for block in blocks.order_by("opened_at", "pk")]


def other_cases_of(case: SupportCase, *, most: int) -> QuerySet[SupportCase]:
    """Earlier and later requests about the same account, newest first."""
    if case.account is None:
        return SupportCase.objects.none()
    return SupportCase.objects.filter(account=case.account).exclude(pk=case.pk).order_by("-opened_at", "-pk")[:most]


def mandates_of(case: SupportCase, at: datetime) -> QuerySet[Mandate]:
    """Who is contact person of the organisation at this moment, first rank first."""
    live = Mandate.objects.live(at).filter(organisation=case.organisation) if case.organisation else None
    return live.select_related("account").order_by("rank", "account__name") if live else Mandate.objects.none()


def colleagues_of(case: SupportCase, by: Account) -> QuerySet[Account]:
    """Who may get the case: Support, except who has it and whose account it is about."""
    staff = Account.objects.filter(is_staff=True, state__in=STATES_THAT_SIGN_IN).order_by("name")
    return staff.exclude(pk__in=[pk for pk in (by.pk, case.account_id) if pk])


def open_cases_count() -> tuple[int, int]:
    """How many are open, and how many of those nobody handles."""
    counted = SupportCase.objects.open().aggregate(all=Count("pk"), unassigned=Count("pk", filter=Q(assignee=None)))
    return counted["all"], counted["unassigned"]
