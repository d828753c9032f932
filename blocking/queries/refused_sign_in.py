"""Why a sign-in was refused, for who may know: somebody on a browser that this account knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from accounts.choices import Secret
from accounts.policy import canonical_user_number
from blocking.models import Block
from blocking.queries.browsers import hashes_shown
from blocking.queries.doors import AtTheDoor, at_the_door, blocks_that_refuse
from blocking.queries.own_account import is_lifted_by_colleague


@dataclass(frozen=True, slots=True)
class ToldBlock:
    """A block as it is told at the door: what, since when, and whether a contact person lifts it."""

    block: Block
    contact_person_lifts: bool


@dataclass(frozen=True, slots=True)
class WhyRefused:
    blocks: tuple[ToldBlock, ...]
    is_password_void: bool
    is_support: bool

    @property
    def contact_person_helps(self) -> bool:
        return any(told.contact_person_lifts for told in self.blocks)


def why_refused(user_number: str, *, by: Actor, at: datetime) -> WhyRefused | None:
    """None for strangers, and where nothing stands open. A browser that shows no name costs no statement."""
    if not hashes_shown(by):
        return None
    found = at_the_door(canonical_user_number(user_number), by=by, at=at)
    if found is None or not found.is_on_known_browser:
        return None
    why = WhyRefused(_told(found), Secret.PASSWORD in found.void_secrets, found.account.is_staff)
    return why if why.blocks or why.is_password_void else None


def _told(found: AtTheDoor) -> tuple[ToldBlock, ...]:
    account = found.account
    blocks = blocks_that_refuse(account, Secret.PASSWORD, browser_class=found.browser_class)
    return tuple(ToldBlock(block, is_lifted_by_colleague(block, account)) for block in blocks)
