"""From figures to places, and figures and moments as they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from blocking.charts.shapes import Label, Line

# A top of the scale that people read easily, and most of which have a half.
_TOPS: Final = (1, 2, 3, 4, 5, 6, 8, 10)
# What was used at all is seen, however little it was.
LEAST_HEIGHT: Final = 2.0
_DAYS: Final = ("ma", "di", "wo", "do", "vr", "za", "zo")
_MONTHS: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from nothing to `top`, drawn between two heights in pixels."""

    top: int
    above: float
    height: float

    @property
    def floor(self) -> float:
        return self.above + self.height

    def y(self, value: int) -> float:
        return self.floor - self.height * value / self.top

    def bar(self, value: int) -> tuple[str, str]:
        """Where a bar begins and how high it is."""
        height = max(LEAST_HEIGHT, self.floor - self.y(value))
        return number(self.floor - height), number(height)

    def grid(self) -> tuple[list[Line], list[Label]]:
        """A line and its figure at nothing, half way and the top."""
        half = (self.top // 2,) if self.top % 2 == 0 else ()
        values = (0, *half, self.top)
        lines = [line_at(self.y(value), "grid" if value else "floor") for value in values]
        labels = [Label("0", number(self.y(value) + 4), figure(value), "end", "scale", -8) for value in values]
        return lines, labels


def top_for(value: int) -> int:
    """The first round figure that is not below this one."""
    size: int = 10 ** (len(str(max(value, 1))) - 1)
    return next(top * size for top in _TOPS if top * size >= value)


def line_at(y: float, kind: str) -> Line:
    return Line("0%", number(y), "100%", number(y), kind)


def percent(fraction: float) -> str:
    return f"{number(fraction * 100)}%"


def number(value: float) -> str:
    """As SVG writes it, whatever the language."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def figure(value: int) -> str:
    """As Dutch writes it."""
    return f"{value:,}".replace(",", ".")


def day(of: date) -> str:
    return f"{_DAYS[of.weekday()]} {short_date(of)}"


def short_date(of: date) -> str:
    return f"{of.day} {_MONTHS[of.month - 1]}"
