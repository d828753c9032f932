"""What a door needs to know about whoever stands before it, in one round trip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import is_password_usable
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.actors import Actor
from accounts.choices import AccountKind, Secret
from accounts.models import Account
from blocking.choices import BlockReason, BlockScope
from blocking.models import STRANGERS, Block, KnownBrowser, Tally
from blocking.policy import OpenBlock, ends_sessions, refuses_entry
from blocking.queries.browsers import hashes_shown

_OPEN_BLOCKS = ArraySubquery(
    Block.objects.open().filter(account=OuterRef("pk")).values(facts=JSONObject(reason="reason", scope="scope"))
)
_VOID_SECRETS = ArraySubquery(Tally.objects.filter(account=OuterRef("pk"), voided_at__isnull=False).values("secret"))


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    account: Account
    open_blocks: tuple[OpenBlock, ...]
    void_secrets: frozenset[str]
    # Of the browser from which it is tried.
    browser_class: str = STRANGERS

    @property
    def is_on_known_browser(self) -> bool:
        return self.browser_class != STRANGERS

    def has_usable(self, secret: Secret) -> bool:
        """Is there such a secret, and is it not void?"""
        encoded = self.account.hash_of(secret)
        return bool(encoded) and is_password_usable(encoded) and secret not in self.void_secrets


def at_the_door(user_number: str | None, *, by: Actor, at: datetime) -> AtTheDoor | None:
    """The account with this number, what stands open against it and whether it knows this browser; one statement, also
    for None."""
    everybody = Account.objects.select_related("organisation")
    facts = everybody.annotate(open_blocks=_OPEN_BLOCKS, void_secrets=_VOID_SECRETS, browsers=_browsers(at))
    account = facts.filter(user_number=user_number or "").first()
    if account is None:
        return None
    return AtTheDoor(
        account, _open_blocks(account), frozenset(vars(account)["void_secrets"]), _browser_class(account, by)
    )


def is_refused_now(account: Account, secret: Secret, *, browser_class: str = STRANGERS) -> bool:
    """Does a block that is open at this moment refuse this secret of the account, to this class of browsers?"""
    kind, is_known = AccountKind(account.kind), browser_class != STRANGERS
    return refuses_entry(open_blocks_of(account), kind=kind, secret=secret, known_browser=is_known)


def blocks_that_refuse(account: Account, secret: Secret, *, browser_class: str) -> list[Block]:
    """The open blocks because of which this secret is not even looked at on such a browser, oldest first."""
    kind, is_known = AccountKind(account.kind), browser_class != STRANGERS
    blocks = Block.objects.open().filter(account=account).select_related("service").order_by("opened_at", "pk")
    return [
        block
        for block in blocks
        if refuses_entry([block.as_open_block], kind=kind, secret=secret, known_browser=is_known)
    ]


def open_blocks_of(account: Account) -> list[OpenBlock]:
    return [block.as_open_block for block in Block.objects.open().filter(account=account)]


def account_with_session(pk: int) -> Account | None:
    """The account of a session that may go on: active, and no block that ends sessions."""
    account = Account.objects.select_related("organisation").annotate(open_blocks=_OPEN_BLOCKS).filter(pk=pk).first()
    if account is None or not account.is_active:
        return None
    blocks = _open_blocks(account)
    return None if ends_sessions(blocks, kind=AccountKind(account.kind)) else account


def _browsers(at: datetime) -> ArraySubquery:
    names = JSONObject(browser_class="public_id", now="token_hash", before="token_hash_before")
    return ArraySubquery(KnownBrowser.objects.known(at).filter(account=OuterRef("pk")).values(names=names))


def _browser_class(account: Account, by: Actor) -> str:
    shown = hashes_shown(by)
    known = (row["browser_class"] for row in vars(account)["browsers"] if shown & {row["now"], row["before"]})
    return next(known, STRANGERS)


def _open_blocks(account: Account) -> tuple[OpenBlock, ...]:
    """The annotation of the query as what the policy reads."""
    rows = vars(account)["open_blocks"]
    return tuple(OpenBlock(BlockReason(row["reason"]), BlockScope(row["scope"])) for row in rows)
