"""What Support's page about a block says before anybody presses: may it be lifted, and what must the caller say."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Count

from accounts.actors import Actor
from accounts.choices import AccountKind
from blocking.choices import BlockReason, CallerRole, LiftChannel
from blocking.models import Block, BlockQuerySet
from blocking.policy import LIFTERS, Caller, LiftRule, may_lift
from blocking.queries.lifting import facts_of, lifter_of
from blocking.verdicts import Verdict

NOBODY_IS_ASKED = LiftRule(contact_person=False)


def block_at_support(pk: int) -> Block | None:
    """A block with whoever its page names."""
    named = Block.objects.select_related("account__organisation", "service", "lifted_by")
    return named.filter(pk=pk).first()


def open_blocks_by_reason() -> dict[BlockReason, int]:
    """How many are open anywhere, of each reason there is one of."""
    counted = Block.objects.open().order_by().values_list("reason").annotate(Count("pk"))
    numbers = dict(counted)
    return {reason: numbers[reason] for reason in BlockReason if reason in numbers}


def rule_of(block: Block) -> LiftRule:
    """What Support asks of whoever calls; about a colleague nothing, who has no contact person."""
    if block.account.organisation is None:
        return NOBODY_IS_ASKED
    return LIFTERS[BlockReason(block.reason), AccountKind(block.account.kind)]


def support_verdict(block: Block, by: Actor, at: datetime) -> Verdict:
    """May Support lift this, if the caller is the right one and says all there is to say?

    For showing only: a form, or a sentence why there is none. The act asks anew, with what was really said.
    """
    facts = facts_of(block, at, recent_lifts=0)  # Support has no budget of lifts
    caller = Caller(CallerRole.CONTACT_PERSON, quoted_agb_code=facts.agb_code, quoted_user_number=facts.user_number)
    budget = settings.PORTAL_LIFT_BUDGET
    return may_lift(lifter_of(by, at), facts, caller, LiftChannel.PHONE, lift_budget=budget)


def other_open_blocks(block: Block) -> BlockQuerySet:
    """What keeps the account blocked when this one is lifted, oldest first."""
    others = Block.objects.open().filter(account=block.account_id).exclude(pk=block.pk)
    return others.order_by("opened_at", "pk")
