"""A row of the pages on which many blocks are lifted: what becomes of one block, and what stays of its account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from blocking.queries.offers import Offer, offers_by_account
from blocking.queries.void_secrets import void_secrets_by_account

if TYPE_CHECKING:
    from accounts.actors import Actor
    from accounts.models import Account
    from blocking.models import Block


@dataclass(frozen=True, slots=True)
class Line:
    """Before or after the press. Without an account: unknown, and nothing more is told."""

    block: Block | None = None
    account: Account | None = None
    may_lift: bool = False
    refusal: str = ""
    lifted: bool = False
    was_lifted: bool = False
    sentence: str = ""
    staying: Sequence[Offer] = ()
    void_secrets: Sequence[str] = ()

    @property
    def needs_more(self) -> bool:
        """The account's user is not helped by this lift alone."""
        return self.lifted and bool(self.staying or self.void_secrets)


def line_before(offer: Offer | None) -> Line:
    if offer is None or offer.is_foreign:
        return Line()
    return Line(offer.block, offer.account, may_lift=offer.may_lift, refusal=offer.refusal)


def with_what_stays(lines: Sequence[Line], *, by: Actor, at: datetime) -> list[Line]:
    """With what keeps each account from working when all that may be lifted is, and who helps with that."""
    accounts = [line.account for line in lines if line.account]
    going = [line.block for line in lines if line.block and line.may_lift]
    offers, void = offers_by_account(accounts, by=by, at=at, after=going), void_secrets_by_account(accounts)
    return [_of(line, offers[line.account.pk], void[line.account.pk]) if line.account else line for line in lines]


def _of(line: Line, offers: Iterable[Offer], void_secrets: Sequence[str]) -> Line:
    others = [offer for offer in offers if offer.block != line.block]
    return replace(line, staying=others, void_secrets=void_secrets)
