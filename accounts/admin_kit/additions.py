"""What higher floors add to this floor's pages in Support's admin.

Support wants to see on an account's page that its password is void and which blocks it has, but `accounts` never learns
what a block is. So the floor that knows adds it here, as it adds its audit sentences, and `ReadOnlyAdmin` shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ListFilter
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model, Prefetch
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Link:
    """The way from an object's page to the list of what belongs to it. `parameter` is a filter of that list."""

    text: str
    changelist: str
    parameter: str

    def address(self, of: Model) -> str:
        return reverse(self.changelist, query={self.parameter: of.pk})


@dataclass(frozen=True, slots=True)
class Remark:
    """What whoever opens an object's page must know first, and the way out."""

    heading: str
    sentence: str
    address: str = ""
    address_says: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """`remarks` and `columns` get an object that `prefetch` was done for; a column returns its text."""

    links: tuple[Link, ...] = ()
    remarks: Callable[[Any], Iterable[Remark]] = lambda _: ()
    columns: tuple[Callable[[Any], str], ...] = ()
    filters: tuple[type[ListFilter], ...] = ()
    inlines: tuple[type[InlineModelAdmin[Any, Any]], ...] = ()
    prefetch: tuple[Prefetch[Any], ...] = ()


_added: defaultdict[type[Model], list[Addition]] = defaultdict(list)


def add_to(model: type[Model], addition: Addition) -> None:
    _added[model].append(addition)


def additions_of(model: type[Model]) -> tuple[Addition, ...]:
    return tuple(_added[model])
