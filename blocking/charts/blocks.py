"""Blocks that were opened, day by day: a small plot per reason, on one scale, so that no colour tells them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from blocking.charts.scale import Scale, day, figure, number, percent, short_date, top_for
from blocking.charts.shapes import Bar, Chart, Label, Line, Panel, Table

DAYS_DRAWN: Final = 30
_ABOVE: Final = 8
_HEIGHT: Final = 48
_BELOW: Final = 22
_BAR: Final = 0.8
_MONDAY: Final = 0
# So many days a date needs to stand behind its own.
_ROOM: Final = 3


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """How many blocks were opened on each of these days, which follow one another, per reason in words."""

    days: Sequence[date]
    by_reason: Mapping[str, Mapping[date, int]]


def blocks_chart(facts: BlockFacts) -> Chart:
    most = max((count for counts in facts.by_reason.values() for count in counts.values()), default=0)
    scale = Scale(top_for(most), _ABOVE, _HEIGHT)
    return Chart(
        title=f"Nieuwe blokkades per dag, {short_date(facts.days[0])} tot en met {short_date(facts.days[-1])}",
        panels=[_panel(facts, place, reason, scale) for place, reason in enumerate(facts.by_reason)],
        table=_table(facts),
        is_small=True,
    )


def _panel(facts: BlockFacts, place: int, reason: str, scale: Scale) -> Panel:
    counts = facts.by_reason[reason]
    total = sum(counts.values())
    grid, figures = scale.grid()
    lines, labels = _mondays(facts, scale)
    return Panel(
        key=f"blokkades-{place}",
        title=f"{reason}: {figure(total)}",
        description=_described(counts),
        height=_ABOVE + _HEIGHT + _BELOW,
        bars=[_bar(facts, of, count, scale) for of, count in sorted(counts.items()) if count],
        grid=[*grid, *lines],
        labels=[*(figures[0], figures[-1]), *labels],
    )


def _bar(facts: BlockFacts, of: date, count: int, scale: Scale) -> Bar:
    slot = 1 / len(facts.days)
    left = slot * facts.days.index(of) + slot * (1 - _BAR) / 2
    y, height = scale.bar(count)
    return Bar(percent(left), y, percent(slot * _BAR), height, "usage", f"{day(of)}: {figure(count)}")


def _mondays(facts: BlockFacts, scale: Scale) -> tuple[list[Line], list[Label]]:
    """A week is what people think in; a label too near the end stands before its day, or it would stick out.

    A narrow screen has room for every other label, counted from the last.
    """
    lines, labels = [], []
    mondays = [(place, of) for place, of in enumerate(facts.days) if of.weekday() == _MONDAY]
    for weeks_on, (place, of) in zip(range(len(mondays) - 1, -1, -1), mondays, strict=True):
        x = percent(place / len(facts.days))
        lines.append(Line(x, number(scale.floor), x, number(scale.floor + 6), "floor"))
        anchor, beside = ("start", 4) if place < len(facts.days) - _ROOM else ("end", -4)
        kind = "between" if weeks_on % 2 else "tick"
        labels.append(Label(x, number(scale.floor + 17), short_date(of), anchor, kind, beside))
    return lines, labels


def _described(counts: Mapping[date, int]) -> str:
    if not any(counts.values()):
        return "Er waren er geen."
    most = max(sorted(counts), key=lambda of: counts[of])
    return f"De meeste waren er op {day(most)}: {figure(counts[most])}."


def _table(facts: BlockFacts) -> Table:
    rows = [
        (day(of), *(figure(counts.get(of, 0)) for counts in facts.by_reason.values())) for of in reversed(facts.days)
    ]
    return Table("Nieuwe blokkades per dag en reden", ("Dag", *facts.by_reason), rows)
