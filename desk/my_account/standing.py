"""What stands in the way of an account, told to who it belongs to, and who can do something about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from accounts.choices import Secret
from accounts.queries import contact_persons
from blocking.queries.browsers import budget_class_of
from blocking.queries.doors import blocks_that_refuse
from blocking.queries.own_account import is_lifted_by_colleague, open_blocks_with_service
from blocking.queries.void_secrets import void_secrets_by_account

if TYPE_CHECKING:
    from accounts.actors import Actor
    from accounts.models import Account
    from blocking.models import Block

WRONG: Final = "Dit is niet uw huidige wachtwoord. Let op hoofdletters, Caps Lock en Num Lock."


@dataclass(frozen=True, slots=True)
class OwnBlock:
    """An open block of one's own account, and the colleagues who lift it; none where that is Support's."""

    block: Block
    contact_people: list[Account]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why no password is looked at now; false where nothing stands in the way."""

    blocks: list[OwnBlock]
    is_void: bool

    def __bool__(self) -> bool:
        return bool(self.blocks) or self.is_void


def hindrance_of(account: Account, *, by: Actor, at: datetime) -> Hindrance:
    """On the browser that `by` acts from: what strangers did stops nobody on a known one."""
    is_void = Secret.PASSWORD in void_secrets_by_account([account])[account.pk]
    browser_class = budget_class_of(account, by=by, at=at)
    blocks = blocks_that_refuse(account, Secret.PASSWORD, browser_class=browser_class)
    return Hindrance(_told(blocks, account, at), is_void)


def own_blocks(account: Account, at: datetime) -> list[OwnBlock]:
    return _told(open_blocks_with_service(account), account, at)


def others_in_charge(account: Account, at: datetime) -> list[Account]:
    """The contact persons who help this person; at a PGB provider that is Support alone."""
    organisation = account.organisation
    if organisation is None or organisation.is_pgb_provider:
        return []
    return list(contact_persons(organisation, at).exclude(pk=account.pk))


def _told(blocks: Iterable[Block], account: Account, at: datetime) -> list[OwnBlock]:
    people = others_in_charge(account, at)
    return [OwnBlock(block, people if is_lifted_by_colleague(block, account) else []) for block in blocks]
