"""Support cases: the facts that the policy asks for, what Support's pages show, what a contact person sees of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.choices import AccountKind
from accounts.models import Account, Organisation
from blocking.choices import BlockReason, CallerRole, CaseChannel
from blocking.models import Block, BlockQuerySet, CallerCode, SupportCase
from blocking.policy import Caller, CallerFacts, CaseFacts, may_file, rule_at_support
from blocking.queries.offers import Offer
from messagebox.queries import readers

# behaviour.md, section 6: five wrong entries make a code worthless.
WRONG_ENTRIES_ALLOWED: Final = 5


def case_facts(case: SupportCase, *, seen: str | None = None) -> CaseFacts:
    """The case as the policy sees it. `seen`: how it looked to whoever acts; None where nobody looked before."""
    return CaseFacts(
        is_open=case.is_open,
        assignee_id=case.assignee_id,
        account_id=case.account_id,
        organisation_id=case.organisation_id,
        has_block=case.block_id is not None,
        filed_by_id=case.opened_by_id if case.channel == CaseChannel.PORTAL else None,
        is_as_seen=seen is None or seen == case.as_seen,
    )


def caller_of(case: SupportCase) -> Caller:
    return Caller(
        role=CallerRole(case.caller_role),
        is_checked=case.is_caller_checked,
        states_absence=case.states_absence,
        quoted_agb_code=case.quoted_agb_code,
        quoted_user_number=case.quoted_user_number,
    )


def caller_facts(case: SupportCase, at: datetime) -> CallerFacts | None:
    """The contact person whom the portal knows to ask, as they are at this moment; None where Support vouches."""
    caller, organisation = case.caller_account, case.organisation
    if caller is None:
        return None
    return CallerFacts(
        has_mandate=organisation is not None and readers(organisation, at).filter(pk=caller.pk).exists(),
        is_blocked_by_support=blocked_by_support().filter(account=caller).exists(),
    )


def asks_for_quotes(case: SupportCase, block: Block) -> bool:
    """Are the numbers of the account to be quoted before the case may be about this block?"""
    is_colleague = block.account.organisation_id is None
    rule = rule_at_support(BlockReason(block.reason), AccountKind(block.account.kind), is_colleague=is_colleague)
    return rule.quotes_numbers and not case.quoted_user_number


def blocked_by_support() -> BlockQuerySet:
    """Support's own open blocks: whoever has one may have lost more than a password."""
    return Block.objects.open().filter(reason=BlockReason.SUPPORT)


def open_case_of(block: Block) -> SupportCase | None:
    """There is at most one."""
    return SupportCase.objects.open().filter(block=block).first()


def free_blocks_of(account: Account) -> BlockQuerySet:
    """The open blocks of the account that no open case is about, oldest first."""
    asked = SupportCase.objects.open().filter(block=OuterRef("pk"))
    return Block.objects.open().filter(~Exists(asked), account=account).order_by("opened_at", "pk")


def live_codes_of(organisation: Organisation, at: datetime) -> QuerySet[CallerCode]:
    """The codes that somebody may read out now: of contact persons of this moment, unused, and not guessed at.

    None of somebody whom Support blocked since.
    """
    return CallerCode.objects.exclude(account__in=blocked_by_support().values("account")).filter(
        account__in=readers(organisation, at).order_by(),
        used_at=None,
        expires_at__gt=at,
        wrong_entries__lt=WRONG_ENTRIES_ALLOWED,
    )


@dataclass(frozen=True, slots=True)
class Filing:
    """What a contact person sees of asking Support about a block: a button, how it stands, or nothing."""

    block: Block
    may_file: bool
    case: SupportCase | None

    @property
    def is_pending(self) -> bool:
        return self.case is not None and self.case.is_open

    @property
    def is_filed_here(self) -> bool:
        """By a contact person, and not by Support while somebody called."""
        return self.case is not None and self.case.channel == CaseChannel.PORTAL

    @property
    def may_withdraw(self) -> bool:
        """For showing only: who may see it is a contact person of the organisation."""
        return self.is_pending and self.is_filed_here

    @property
    def says_something(self) -> bool:
        return self.may_file or self.case is not None


def filings_of(offers: Iterable[Offer]) -> dict[int, Filing]:
    """Of each block that is shown, by its key, in one statement; nothing of what is foreign."""
    shown = [offer for offer in offers if not offer.is_foreign]
    newest = {case.block_id: case for case in _cases_about([offer.block for offer in shown])}
    return {offer.block.pk: _filing(offer, newest.get(offer.block.pk)) for offer in shown}


def _cases_about(blocks: Iterable[Block]) -> QuerySet[SupportCase]:
    """Oldest first, so that the newest of each block comes last."""
    cases = SupportCase.objects.select_related("opened_by", "assignee")
    return cases.filter(block__in=list(blocks)).order_by("opened_at", "pk")


def _filing(offer: Offer, case: SupportCase | None) -> Filing:
    is_pending = case is not None and case.is_open
    return Filing(offer.block, may_file=may_file(offer.verdict) and not is_pending, case=case)


def case_named(public_id: UUID) -> SupportCase | None:
    """A case by the name that addresses give it, of whichever organisation: the act says whose it is."""
    return SupportCase.objects.select_related("account__organisation", "block").filter(public_id=public_id).first()
