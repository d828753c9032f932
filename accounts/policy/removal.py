"""Removing an account, pure: who may, whom, and until when it can be undone.

    any live state --removed--> removal_pending --the moment has passed--> removed
          ^                            |
          +---------- undone ----------+

A contact person removes the personal accounts of the own organisation. Support removes system accounts, and everything
of a PGB provider, which has no user administration. What is undone goes back to exactly the state before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.choices import AccountKind, AccountState


class RemovalGround(StrEnum):
    """Why an account is not removed, or its removal not undone."""

    NOT_YOURS = "not_your_organisation"
    ONLY_SUPPORT = "only_support_removes"
    ONLY_CONTACT_PERSON = "only_contact_person_removes"
    OWN_ACCOUNT = "own_account_stays"
    LAST_CONTACT_PERSON = "last_contact_person"
    PENDING = "removal_pending_already"
    REMOVED = "removed_already"
    NOT_PENDING = "no_removal_pending"
    FINAL = "removal_is_final"


@dataclass(frozen=True, slots=True)
class Remover:
    """Who acts, under the mandate of this moment (`organisation_id`), or as Support."""

    account_id: int | None
    organisation_id: int | None
    is_support: bool


@dataclass(frozen=True, slots=True)
class Removable:
    """The account as it is now. `is_last_contact_person`: nobody else of its organisation could act in its place."""

    account_id: int
    organisation_id: int | None
    kind: AccountKind
    state: AccountState
    is_pgb_provider: bool
    is_last_contact_person: bool
    final_at: datetime | None = None


def why_not_remove(remover: Remover, account: Removable) -> RemovalGround | None:
    """The first ground on which the removal is refused, or None: it is allowed."""
    grounds = (
        (account.state == AccountState.REMOVAL_PENDING, RemovalGround.PENDING),
        (account.state == AccountState.REMOVED, RemovalGround.REMOVED),
        (account.is_last_contact_person, RemovalGround.LAST_CONTACT_PERSON),
    )
    refused = (ground for stands, ground in grounds if stands)
    return why_not_yours(remover, account) or next(refused, None)


def why_not_undo(remover: Remover, account: Removable, *, at: datetime) -> RemovalGround | None:
    """The same for undoing it; whoever may remove an account may undo that, whoever did it."""
    is_over = account.final_at is not None and account.final_at <= at
    grounds = (
        (account.state == AccountState.REMOVED, RemovalGround.FINAL),
        (account.state != AccountState.REMOVAL_PENDING, RemovalGround.NOT_PENDING),
        (is_over, RemovalGround.FINAL),
    )
    refused = (ground for stands, ground in grounds if stands)
    return why_not_yours(remover, account) or next(refused, None)


def why_not_yours(remover: Remover, account: Removable) -> RemovalGround | None:
    """Is it theirs to remove, whatever its state?"""
    if remover.account_id == account.account_id:
        return RemovalGround.OWN_ACCOUNT
    if remover.is_support:
        return None if is_removed_by_support(account) else RemovalGround.ONLY_CONTACT_PERSON
    if remover.organisation_id is None or remover.organisation_id != account.organisation_id:
        return RemovalGround.NOT_YOURS
    return RemovalGround.ONLY_SUPPORT if is_removed_by_support(account) else None


def is_removed_by_support(account: Removable) -> bool:
    """Support's own people are nobody's to remove here: they have no organisation."""
    return account.organisation_id is not None and (account.kind == AccountKind.SYSTEM or account.is_pgb_provider)
