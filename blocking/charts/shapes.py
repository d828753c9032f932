"""What a picture is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    kind: str
    # What it stands for, for who points at it.
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    y: str
    text: str
    # Where on the text that point is: start, middle or end.
    anchor: str = "start"
    kind: str = "plain"
    # So many pixels beside that point.
    dx: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot. `title` and `description` tell it to who hears it. `grid` lies behind the bars, `lines` before."""

    key: str
    title: str
    description: str
    height: int
    grid: Sequence[Line] = ()
    bars: Sequence[Bar] = ()
    lines: Sequence[Line] = ()
    labels: Sequence[Label] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: what a kind of shape means. `shape` is bar or line."""

    shape: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    panels: Sequence[Panel]
    table: Table
    keys: Sequence[Key] = ()
    # Small plots stand beside each other where there is room.
    is_small: bool = False
