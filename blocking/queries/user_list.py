"""The list of Gebruikersbeheer: the personal accounts, blocked first, longest waiting first, then by name.

A page costs about the same at any depth and in any organisation: pages go by keyset, what is blocked comes from an
index of its own, and counts stop counting at a cap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import IntegerField, Subquery, Value

from accounts.models import Account, AccountQuerySet, Organisation
from blocking.models import Block, Victim
from blocking.queries.user_pages import Place, rows_after, rows_beside
from blocking.queries.user_selection import Filters, Selection, matching, personal_accounts, select

PAGE_SIZE: Final = 25
# Beyond this a list says "meer dan": counting on would cost more than the page.
COUNT_CAP: Final = 1000
# A search gathers at most so many before it reads on in the order of the list instead.
GATHERED: Final = 300
NOBODY: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Where:
    """Which page: by number, or beside an account that was shown, after it or before it."""

    number: int = 1
    beside: UUID = NOBODY
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class UserList:
    """A page, and the counting line. A figure over COUNT_CAP means "more than"; `found` is None where it means many.

    `attacked`: how many of the blocked an attack blocked.
    """

    accounts: Sequence[Account]
    total: int
    blocked: int
    attacked: int
    found: int | None
    has_previous: bool
    has_next: bool


@dataclass(frozen=True, slots=True)
class _Figures:
    """What one statement tells before a page is read: the counts, and the place of the account asked for."""

    total: int
    blocked: int
    attacked: int
    found_blocked: int | None
    found_others: int | None
    place_since: datetime | None
    place_name: str | None
    place_pk: int | None

    @property
    def found(self) -> int | None:
        if self.found_blocked is None or self.found_others is None:
            return None
        return min(self.found_blocked + self.found_others, COUNT_CAP + 1)


class _Count(Subquery):
    """How many rows a subquery has, up to the limit it brings."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


_UNCOUNTED: Final = Value(None, output_field=IntegerField())


def user_list(organisation: Organisation, filters: Filters, where: Where) -> UserList:
    """A page in two statements, three where words are looked for. The accounts' blocks come apart.

    A place that is not there (somebody else's account, a number past the end) gives the first page.
    """
    gathered = _gathered(organisation, filters)
    accounts = matching(organisation, filters, walking=True) if gathered is None else gathered
    selection = select(accounts, organisation, filters)
    figures = _figures(organisation, selection if filters and gathered is not None else None, where.beside)
    if not filters:  # everybody is found, and nobody is counted twice
        figures = replace(figures, found_blocked=figures.blocked, found_others=figures.total - figures.blocked)
    return _page_beside(figures, selection, where) or _page_by_number(figures, selection, where)


def _gathered(organisation: Organisation, filters: Filters) -> AccountQuerySet | None:
    """Few results of a search are gathered first, so that nobody reads all names for them; None where they are many."""
    named = matching(organisation, filters)
    if not filters.words:
        return named
    found = list(named.order_by().values_list("pk", flat=True)[: GATHERED + 1])
    return None if len(found) > GATHERED else personal_accounts(organisation).filter(pk__in=found or [0])


def _figures(organisation: Organisation, found: Selection | None, beside: UUID) -> _Figures:
    everybody = matching(organisation, Filters())
    asked_for = personal_accounts(organisation).filter(public_id=beside)
    since = Block.objects.open().of(organisation).filter(account__public_id=beside).order_by("opened_at")
    attacked = Victim.objects.filter(block__organisation=organisation, block__lifted_at=None)
    figures = (
        Organisation.objects.filter(pk=organisation.pk)
        .values(
            total=_counted(everybody),
            blocked=_counted(select(everybody, organisation, Filters()).blocked),
            attacked=_Count(attacked.order_by().values("block__account").distinct()[: COUNT_CAP + 1]),
            found_blocked=_counted(found.blocked) if found else _UNCOUNTED,
            found_others=_counted(found.others) if found else _UNCOUNTED,
            place_since=Subquery(since.values("opened_at")[:1]),
            place_name=Subquery(asked_for.values("name")),
            place_pk=Subquery(asked_for.values("pk")),
        )
        .get()
    )
    return _Figures(**figures)


def _counted(accounts: AccountQuerySet | None) -> _Count | Value:
    return Value(0) if accounts is None else _Count(accounts.order_by().values("pk")[: COUNT_CAP + 1])


def _page_beside(figures: _Figures, selection: Selection, where: Where) -> UserList | None:
    if figures.place_pk is None or figures.place_name is None:
        return None
    place = Place(figures.place_since, figures.place_name, figures.place_pk, where.backwards)
    rows = rows_beside(place, selection, PAGE_SIZE + 1)
    has_more = len(rows) > PAGE_SIZE
    if where.backwards:
        return _laid_out(rows[-PAGE_SIZE:], figures, has_previous=has_more, has_next=True)
    return _laid_out(rows[:PAGE_SIZE], figures, has_previous=True, has_next=has_more)


def _page_by_number(figures: _Figures, selection: Selection, where: Where) -> UserList:
    start = (where.number - 1) * PAGE_SIZE
    if figures.found is not None and figures.found <= min(start, COUNT_CAP):
        start = 0
    counted = figures.found_blocked if (figures.found_blocked or 0) <= COUNT_CAP else None
    rows = rows_after(start, selection, counted, PAGE_SIZE + 1)
    return _laid_out(rows[:PAGE_SIZE], figures, has_previous=start > 0, has_next=len(rows) > PAGE_SIZE)


def _laid_out(rows: list[Account], figures: _Figures, *, has_previous: bool, has_next: bool) -> UserList:
    return UserList(rows, figures.total, figures.blocked, figures.attacked, figures.found, has_previous, has_next)
