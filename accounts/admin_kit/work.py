"""What waits for Support, as data: each app registers its own kinds of work, the roof's first page shows all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pile:
    """So many of something, and the address of the list that holds exactly those."""

    count: int
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Load:
    """A pile, and the smaller ones it can be split into."""

    whole: Pile
    parts: tuple[Pile, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work. The lowest `rank` comes first; `look` counts at the moment somebody looks."""

    rank: int
    look: Callable[[], Load]


_registered: list[Work] = []


def register_work(work: Work) -> None:
    _registered.append(work)


def all_work() -> list[Work]:
    return sorted(_registered, key=lambda work: work.rank)


def amount(count: int, one: str, many: str) -> str:
    """The words that follow a number."""
    return one if count == 1 else many
