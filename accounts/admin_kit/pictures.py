"""Pictures on Support's first page, as data: each app registers its own, the roof shows them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """A heading, and what `components/chart.html` draws under it. The lowest `rank` comes first."""

    rank: int
    heading: str
    draw: Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Drawn:
    heading: str
    chart: object


_registered: list[Picture] = []


def register_picture(picture: Picture) -> None:
    _registered.append(picture)


def all_pictures(at: datetime) -> list[Drawn]:
    """As they are at the moment somebody looks."""
    ranked = sorted(_registered, key=lambda picture: picture.rank)
    return [Drawn(picture.heading, picture.draw(at)) for picture in ranked]
