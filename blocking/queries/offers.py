"""What a page says beside an open block: may who looks at it lift it, and if not, who can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from accounts.models import Account
from blocking.models import Block, BlockQuerySet
from blocking.policy import Lifter
from blocking.queries.lifting import contact_person_verdict, facts_of, lifter_let_in, lifts_that_count
from blocking.verdicts import LiftCode, Verdict


@dataclass(frozen=True, slots=True)
class Offer:
    """A block, and the verdict on lifting it. Showing is no permission: the act asks again."""

    block: Block
    verdict: Verdict

    @property
    def account(self) -> Account | None:
        """Whose it is; nobody's, for who may not know."""
        return None if self.is_foreign else self.block.account

    @property
    def is_foreign(self) -> bool:
        return self.verdict.code == LiftCode.NOT_YOUR_ORGANISATION

    @property
    def may_lift(self) -> bool:
        return self.verdict.is_allowed

    @property
    def refusal(self) -> str:
        return "" if self.may_lift else self.verdict.sentence


def offers_by_account(
    accounts: Iterable[Account], *, by: Actor, at: datetime, after: Sequence[Block] = ()
) -> dict[int, list[Offer]]:
    """The open blocks of these accounts of one organisation, oldest first, in one statement.

    `after`: as it will be when these have been lifted.
    """
    found: dict[int, list[Offer]] = {account.pk: [] for account in accounts}
    staying = Block.objects.open().filter(account__in=found).exclude(pk__in=[block.pk for block in after])
    lifter, lifts = lifter_let_in(by), Counter(block.account_id for block in after)
    for block in _with_facts(staying.order_by("opened_at", "pk"), at):
        found[block.account_id].append(_offer(block, lifter, at, lifts[block.account_id]))
    return found


def offers_of(account: Account, *, by: Actor, at: datetime, after: Sequence[Block] = ()) -> list[Offer]:
    return offers_by_account([account], by=by, at=at, after=after)[account.pk]


def offer_named(public_id: UUID, *, by: Actor, at: datetime) -> Offer | None:
    """A block by the name that addresses give it, open or lifted, also somebody else's: the verdict says so."""
    return offers_named([public_id], by=by, at=at).get(public_id)


def lifted_block(account: Account, public_id: UUID) -> Block | None:
    return Block.objects.lifted().filter(account=account, public_id=public_id).first()


def offers_named(public_ids: Iterable[UUID], *, by: Actor, at: datetime) -> dict[UUID, Offer]:
    """Each verdict as it will be when what comes before it has been lifted: every lift spends of the budget."""
    place = {public_id: place for place, public_id in enumerate(public_ids)}
    blocks = _with_facts(Block.objects.filter(public_id__in=place), at)
    lifter, lifts, found = lifter_let_in(by), Counter[int](), dict[UUID, Offer]()
    for block in sorted(blocks, key=lambda block: place[block.public_id]):
        offer = found[block.public_id] = _offer(block, lifter, at, lifts[block.account_id])
        lifts[block.account_id] += offer.may_lift
    return found


def _with_facts(blocks: BlockQuerySet, at: datetime) -> BlockQuerySet:
    return blocks.select_related("account__organisation", "service").annotate(recent_lifts=_recent_lifts(at))


def _offer(block: Block, lifter: Lifter, at: datetime, lifts_before: int) -> Offer:
    facts = facts_of(block, at, recent_lifts=vars(block)["recent_lifts"] + lifts_before)
    return Offer(block, contact_person_verdict(lifter, facts))


def _recent_lifts(at: datetime) -> Coalesce:
    of_account = lifts_that_count(at).filter(account=OuterRef("account")).order_by().values("account")
    return Coalesce(Subquery(of_account.values(n=Count("pk"))), 0, output_field=IntegerField())
