"""What a page says to who has to show the password they signed in with, and cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from accounts.choices import AccountKind, Secret
from accounts.queries import contact_persons
from blocking.choices import BlockReason
from blocking.policy import contact_person_lifts
from blocking.queries.doors import blocks_that_refuse
from blocking.queries.void_secrets import void_secrets_by_account

if TYPE_CHECKING:
    from accounts.models import Account
    from blocking.models import Block

WRONG: Final = "Dit is niet uw huidige wachtwoord. Let op hoofdletters, Caps Lock en Num Lock."


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why no password is looked at now, and who can do something about it; false where nothing stands in the way."""

    blocks: list[Block]
    is_void: bool
    contact_people: list[Account]

    def __bool__(self) -> bool:
        return bool(self.blocks) or self.is_void


def hindrance_of(account: Account, at: datetime) -> Hindrance:
    blocks = blocks_that_refuse(account, Secret.PASSWORD)
    is_void = Secret.PASSWORD in void_secrets_by_account([account])[account.pk]
    lifted_by_colleague = blocks and all(_is_lifted_by_contact_person(block, account) for block in blocks)
    return Hindrance(blocks, is_void, others_in_charge(account, at) if lifted_by_colleague else [])


def others_in_charge(account: Account, at: datetime) -> list[Account]:
    """The contact persons who help this person; at a PGB provider that is Support alone."""
    organisation = account.organisation
    if organisation is None or organisation.is_pgb_provider:
        return []
    return list(contact_persons(organisation, at).exclude(pk=account.pk))


def _is_lifted_by_contact_person(block: Block, account: Account) -> bool:
    is_pgb_provider = account.organisation is not None and account.organisation.is_pgb_provider
    return contact_person_lifts(BlockReason(block.reason), AccountKind(account.kind), is_pgb_provider=is_pgb_provider)
