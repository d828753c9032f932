"""The facts that the lifting policy asks for, read at the moment of the act."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from accounts.actors import Actor
from accounts.choices import AccountKind
from accounts.queries import live_mandate
from blocking.choices import BlockReason, LiftChannel
from blocking.models import Block, BlockQuerySet
from blocking.policy import BlockFacts, Lifter, may_lift
from blocking.verdicts import Verdict

# behaviour.md, section 5: the lift budget is counted over 24 hours.
LIFT_BUDGET_PERIOD = timedelta(hours=24)


def lifter_of(by: Actor, at: datetime) -> Lifter:
    """Who acts, with the rights of this moment: a mandate that ended a second ago gives nothing."""
    if by.account is None or not by.account.is_active:
        return Lifter(account_id=None)
    mandate = live_mandate(by.account, at)
    return Lifter(
        account_id=by.account.pk,
        is_support=by.account.is_staff,
        mandate_of=mandate.organisation_id if mandate else None,
    )


def facts_of(block: Block, at: datetime, *, recent_lifts: int | None = None) -> BlockFacts:
    """The block as the policy sees it. Give `recent_lifts` where it was counted for many at once."""
    account, organisation = block.account, block.account.organisation
    counted = recent_lifts_of(block, at) if recent_lifts is None else recent_lifts
    return BlockFacts(
        reason=BlockReason(block.reason),
        kind=AccountKind(account.kind),
        account_id=account.pk,
        organisation_id=account.organisation_id,
        is_pgb_provider=organisation.is_pgb_provider if organisation else False,
        is_open=block.is_open,
        recent_lifts=counted,
        agb_code=organisation.agb_code if organisation else "",
        user_number=account.user_number,
    )


def lifter_let_in(by: Actor) -> Lifter:
    """Who looks at a page, with the mandate that let them in; for showing only, an act asks anew."""
    account, organisation = by.account, by.on_behalf_of
    return Lifter(
        account_id=account.pk if account else None,
        is_support=bool(account and account.is_staff),
        mandate_of=organisation.pk if organisation else None,
    )


def lifts_that_count(at: datetime) -> BlockQuerySet:
    """Lifts of any account in the last 24 hours that spend its budget: those by contact persons."""
    since = at - LIFT_BUDGET_PERIOD
    return Block.objects.filter(lift_channel=LiftChannel.USER_ADMINISTRATION, lifted_at__gt=since)


def recent_lifts_of(block: Block, at: datetime) -> int:
    """How often contact persons lifted blocks of this account in the last 24 hours."""
    return lifts_that_count(at).filter(account=block.account_id).count()


def contact_person_verdict(lifter: Lifter, facts: BlockFacts) -> Verdict:
    """What Gebruikersbeheer shows beside a block: a button, or a sentence saying who can."""
    return may_lift(
        lifter,
        facts,
        None,
        LiftChannel.USER_ADMINISTRATION,
        lift_budget=settings.PORTAL_LIFT_BUDGET,
    )
