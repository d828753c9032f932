"""Why a sign-in was refused, for who may know: somebody on a browser that this account knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from accounts.choices import AccountKind, Secret
from accounts.models import Account
from accounts.policy import canonical_user_number
from blocking.choices import BlockReason
from blocking.models import Block
from blocking.policy import contact_person_lifts, refuses_entry
from blocking.queries.browsers import hashes_shown
from blocking.queries.doors import AtTheDoor, at_the_door


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
    blocks = Block.objects.open().filter(account=account).select_related("service").order_by("opened_at", "pk")
    return tuple(ToldBlock(block, _is_lifted_there(block, account)) for block in blocks if _refuses(block, account))


def _refuses(block: Block, account: Account) -> bool:
    kind = AccountKind(account.kind)
    return refuses_entry([block.as_open_block], kind=kind, secret=Secret.PASSWORD, known_browser=True)


def _is_lifted_there(block: Block, account: Account) -> bool:
    is_pgb_provider = account.organisation is not None and account.organisation.is_pgb_provider
    reason, kind = BlockReason(block.reason), AccountKind(account.kind)
    is_colleague = account.organisation is None
    return not is_colleague and contact_person_lifts(reason, kind, is_pgb_provider=is_pgb_provider)
