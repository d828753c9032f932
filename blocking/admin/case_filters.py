"""Filters of the queue: open ones unless somebody asks for others, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django.contrib.admin import SimpleListFilter
from django.core import paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from blocking.choices import CaseState

if TYPE_CHECKING:
    Paginator = paginator.Paginator[Any]
else:  # Django's own class is not generic at run time
    Paginator = paginator.Paginator

COUNTED_AT_MOST: Final = 1000


class CaseStateFilter(SimpleListFilter):
    """Nobody comes for what is done already, so the queue shows what is open."""

    title = "status"
    parameter_name = "status"
    ALL = "alle"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in CaseState] + [(self.ALL, "Alle")]

    def asked(self) -> str:
        known = {self.ALL, *CaseState.values}
        value = self.value()
        return value if value in known else CaseState.OPEN.value

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Without «Alle» first, which the stock filter would choose by itself."""
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == self.asked(), "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.asked() == self.ALL else queryset.filter(state=self.asked())


class AssigneeFilter(SimpleListFilter):
    title = "behandelaar"
    parameter_name = "behandelaar"
    NOBODY, SELF = "geen", "ikzelf"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.NOBODY, "Zonder behandelaar"), (self.SELF, "Door mij")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == self.NOBODY:
            return queryset.filter(assignee=None)
        return queryset.filter(assignee=request.user.pk) if self.value() == self.SELF else queryset


class CappedPaginator(Paginator):
    """Counts no further than anybody leafs, so that the first page costs the same for a hundred thousand."""

    @cached_property
    def is_capped(self) -> bool:
        return self._counted > COUNTED_AT_MOST

    @cached_property
    def count(self) -> int:
        return min(self._counted, COUNTED_AT_MOST)

    @cached_property
    def _counted(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by().values("pk")[: COUNTED_AT_MOST + 1].count()
