"""Which accounts there are, at which version, and whether the store was told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import AccountVersion, AccountVersionQuerySet


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """An account's version in PostgreSQL, the one that the store was last told, and what it calls the account."""

    account_id: int
    user_number: str
    version: int
    pushed: int

    @property
    def is_behind(self) -> bool:
        return self.version > self.pushed


def versions_of(account_ids: Iterable[int]) -> list[KnownVersion]:
    return _known(_in_order().filter(pk__in=list(account_ids)))


def versions_behind(*, after: int, at_most: int) -> list[KnownVersion]:
    """Accounts beyond this one that the store was not told of yet."""
    return _known(_in_order().filter(pk__gt=after).behind()[:at_most])


def versions_from(*, after: int, at_most: int) -> list[KnownVersion]:
    """All accounts beyond this one."""
    return _known(_in_order().filter(pk__gt=after)[:at_most])


def _in_order() -> AccountVersionQuerySet:
    return AccountVersion.objects.order_by("pk")


def _known(rows: AccountVersionQuerySet) -> list[KnownVersion]:
    return [KnownVersion(*row) for row in rows.values_list("account_id", "account__user_number", "version", "pushed")]
