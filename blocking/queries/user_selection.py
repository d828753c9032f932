"""Which accounts of an organisation somebody looks for, in the two parts that the list shows one after the other.

First who is blocked, by the moment of the oldest open block, then the others, by name. `waiting_since` is that moment,
and nothing in the second part; both know which secrets of an account are void.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, DateTimeField, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from accounts.choices import AccountState
from accounts.models import Account, AccountQuerySet, Organisation
from blocking.models import Block
from blocking.queries.void_secrets import void_secrets_column

# Among the filters, being blocked stands beside the states of an account's life, and is not active.
BLOCKED: Final = "blocked"

# What a list shows; hashes of secrets stay where they are.
COLUMNS: Final = ("public_id", "user_number", "kind", "state", "organisation_id", "name", "last_sign_in_at")


class OneOf(Func):
    """Is it among these ids, read first and once?

    A join would leave it to PostgreSQL where to begin, and with statistics that are behind (much was written a moment
    ago) it looked at everybody for each block.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Filters:
    """Parts of a name or the beginning of a number, a status, a reason of blocking. Without any: all but removed."""

    words: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.status or self.reason)


@dataclass(frozen=True, slots=True)
class Selection:
    blocked: AccountQuerySet | None
    others: AccountQuerySet | None

    @property
    def parts(self) -> list[AccountQuerySet]:
        return [part for part in (self.blocked, self.others) if part is not None]


def personal_accounts(organisation: Organisation) -> AccountQuerySet:
    return Account.objects.of(organisation).personal()


def matching(organisation: Organisation, filters: Filters, *, walking: bool = False) -> AccountQuerySet:
    """Who is in that state and answers to those words, blocked or not.

    Words are found by the trigrams of names; when `walking`, by reading on in the order of the list, which is quicker
    for words that many names hold.
    """
    accounts = personal_accounts(organisation)
    without_state = filters.status in {"", BLOCKED}
    accounts = accounts.live() if without_state else accounts.filter(state=filters.status)
    for word in filters.words:
        accounts = accounts.filter(_named_or_numbered(word, walking=walking))
    return accounts


def select(accounts: AccountQuerySet, organisation: Organisation, filters: Filters) -> Selection:
    wants_others = filters.status != BLOCKED and not filters.reason
    wants_blocked = filters.status != AccountState.ACTIVE
    return Selection(
        blocked=_blocked(accounts, organisation, filters.reason) if wants_blocked else None,
        others=_others(accounts, organisation) if wants_others else None,
    )


def _named_or_numbered(word: str, *, walking: bool) -> Q:
    # Of a position PostgreSQL expects that a third of all names has one, so it reads on from where the page begins.
    walked = GreaterThan(StrIndex(Lower("name"), Value(word.lower())), 0)
    named = Q(walked) if walking else Q(name__icontains=word)
    return named | Q(user_number__startswith=word) if re.fullmatch("[0-9]+", word) else named


def _blocked(accounts: AccountQuerySet, organisation: Organisation, reason: str) -> AccountQuerySet:
    blocks = Block.objects.open().of(organisation)
    ids = (blocks.filter(reason=reason) if reason else blocks).order_by().values("account")
    oldest = Block.objects.open().filter(account=OuterRef("pk")).order_by("opened_at").values("opened_at")[:1]
    found = accounts.filter(OneOf(F("pk"), ArraySubquery(ids)))
    return found.annotate(waiting_since=Subquery(oldest), void_secrets=void_secrets_column()).only(*COLUMNS)


def _others(accounts: AccountQuerySet, organisation: Organisation) -> AccountQuerySet:
    blocked = Block.objects.open().of(organisation).order_by().values("account")
    free = accounts.exclude(pk__in=blocked)
    waiting_since = Cast(Value(None), DateTimeField())
    return free.annotate(waiting_since=waiting_since, void_secrets=void_secrets_column()).only(*COLUMNS)
