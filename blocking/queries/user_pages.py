"""Pages by keyset: a page lies beside an account of the page before it, and costs the same at any depth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q

from accounts.models import Account, AccountQuerySet
from blocking.queries.user_selection import COLUMNS, OneOf, Selection
from blocking.queries.void_secrets import void_secrets_column

# PostgreSQL puts NULL last, and first when it reads backwards.
_FORWARDS: Final = ("waiting_since", "name", "pk")
_BACKWARDS: Final = ("-waiting_since", "-name", "-pk")


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an account in the list, and the side of it one is going to."""

    waiting_since: datetime | None
    name: str
    pk: int
    backwards: bool = False


def rows_beside(place: Place, selection: Selection, size: int) -> list[Account]:
    """At most so many accounts on that side of the place, nearest taken, in the order of the list."""
    order = _BACKWARDS if place.backwards else _FORWARDS
    rows = list(_joined(_beyond(place, selection), order, 0, size))
    return rows[::-1] if place.backwards else rows


def rows_after(start: int, selection: Selection, blocked: int | None, size: int) -> list[Account]:
    """At most so many accounts after the first `start`. `blocked`: how many are blocked, None where nobody counted."""
    if selection.others is None or blocked is None or start < blocked:
        return list(_joined(selection.parts, _FORWARDS, start, size))
    # Skipping is done in the index alone, and only what is shown is fetched.
    skip = start - blocked
    shown = selection.others.order_by("name", "pk").values("pk")[skip : skip + size]
    accounts = Account.objects.filter(OneOf(F("pk"), ArraySubquery(shown))).annotate(void_secrets=void_secrets_column())
    return list(accounts.only(*COLUMNS).order_by("name", "pk"))


def _joined(parts: list[AccountQuerySet], order: tuple[str, ...], start: int, size: int) -> AccountQuerySet:
    """The parts as one list; each is cut to what can be shown before they are joined."""
    if not parts:
        return Account.objects.none()
    cut = [part.order_by(*order)[: start + size] for part in parts]
    whole = cut[0] if len(cut) == 1 else cut[0].union(cut[1], all=True).order_by(*order)
    return whole[start : start + size]


def _beyond(place: Place, selection: Selection) -> list[AccountQuerySet]:
    """What of both parts lies on that side of the place."""
    among_blocked = place.waiting_since is not None
    here, elsewhere = (selection.blocked, selection.others) if among_blocked else (selection.others, selection.blocked)
    rest = [] if here is None else [here.filter(_further(place))]
    # The blocked come first: the other part lies wholly on one side.
    return rest if elsewhere is None or among_blocked == place.backwards else [*rest, elsewhere]


def _further(place: Place) -> Q:
    side = "lt" if place.backwards else "gt"
    by_name = Q((f"name__{side}", place.name)) | Q(("name", place.name), (f"pk__{side}", place.pk))
    # The first condition of each says nothing new, but an index can begin there.
    if place.waiting_since is None:
        return Q((f"name__{side}e", place.name)) & by_name
    by_wait = Q((f"waiting_since__{side}", place.waiting_since)) | Q(waiting_since=place.waiting_since) & by_name
    return Q((f"waiting_since__{side}e", place.waiting_since)) & by_wait
