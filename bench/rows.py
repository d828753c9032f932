"""A row of the table of figures, and how its goal is told."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its goal; without a goal it only stands beside."""

    number: str
    what: str
    measured: str
    goal: str = ""
    is_met: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "met", False: "MISSED", None: ""}[self.is_met]


def ratio(number: str, what: str, measured: float, at_least: float | None) -> Row:
    if at_least is None:
        return Row(number, what, f"{measured:.2f}")
    return Row(number, what, f"{measured:.2f}", f"at least {at_least:g}", measured >= at_least)


def slowest(seconds: Sequence[float]) -> float:
    """The hundredth that took longest begins here."""
    return statistics.quantiles(seconds, n=100)[98]


def within(number: str, what: str, seconds: Sequence[float], at_most: float) -> Row:
    """So many measurements, of which all but a hundredth are to be as quick as this."""
    figure = slowest(seconds)
    return Row(
        number,
        f"{what}, {len(seconds)} times, slowest hundredth",
        f"{figure * 1000:.0f} ms (median {statistics.median(seconds) * 1000:.1f} ms)",
        f"at most {at_most * 1000:.0f} ms",
        figure <= at_most,
    )
