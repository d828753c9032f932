"""What a page says beside an open block: may who looks at it lift it, and if not, who can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from accounts.models import Account
from blocking.models import Block, BlockQuerySet
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


def offers_by_account(accounts: Sequence[Account], *, by: Actor, at: datetime) -> dict[int, list[Offer]]:
    """The open blocks of these accounts of one organisation, oldest first, in one statement."""
    found: dict[int, list[Offer]] = {account.pk: [] for account in accounts}
    blocks = Block.objects.open().filter(account__in=found).order_by("opened_at", "pk")
    for offer in _offers(blocks, by=by, at=at):
        found[offer.block.account_id].append(offer)
    return found


def offers_of(account: Account, *, by: Actor, at: datetime) -> list[Offer]:
    return offers_by_account([account], by=by, at=at)[account.pk]


def offer_named(public_id: UUID, *, by: Actor, at: datetime) -> Offer | None:
    """A block by the name that addresses give it, open or lifted, also somebody else's: the verdict says so."""
    return offers_named([public_id], by=by, at=at).get(public_id)


def lifted_block(account: Account, public_id: UUID) -> Block | None:
    return Block.objects.lifted().filter(account=account, public_id=public_id).first()


def offers_named(public_ids: Iterable[UUID], *, by: Actor, at: datetime) -> dict[UUID, Offer]:
    blocks = Block.objects.filter(public_id__in=list(public_ids))
    return {offer.block.public_id: offer for offer in _offers(blocks, by=by, at=at)}


def _offers(blocks: BlockQuerySet, *, by: Actor, at: datetime) -> list[Offer]:
    lifter = lifter_let_in(by)
    counted = blocks.select_related("account__organisation", "service").annotate(recent_lifts=_recent_lifts(at))
    facts = ((block, facts_of(block, at, recent_lifts=vars(block)["recent_lifts"])) for block in counted)
    return [Offer(block, contact_person_verdict(lifter, known)) for block, known in facts]


def _recent_lifts(at: datetime) -> Coalesce:
    of_account = lifts_that_count(at).filter(account=OuterRef("account")).order_by().values("account")
    return Coalesce(Subquery(of_account.values(n=Count("pk"))), 0, output_field=IntegerField())
