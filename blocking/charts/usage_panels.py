"""The two plots of usage: bars per hour, and a line that rises from midnight to midnight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from blocking.charts.hours import Hour, clock
from blocking.charts.scale import Scale, figure, line_at, number, percent, short_date, top_for
from blocking.charts.shapes import Bar, Label, Line, Panel
from blocking.charts.usage_facts import UsageFacts
from blocking.windows import AMSTERDAM

# Pixels: words above the plot, the plot, hours and days below it.
_ABOVE: Final = 36
_HEIGHT: Final = 120
_BELOW: Final = 40
# The part of its hour that a bar fills.
_BAR: Final = 0.8
_TICK_HOURS: Final = 6
_MIDDLE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Quota:
    """What is allowed in a window, if anything is said about it: `window` is uur or dag."""

    limit: int | None
    window: str


def hour_panel(facts: UsageFacts) -> Panel:
    busiest = max(facts.hours, key=lambda hour: hour.queries)
    quota = Quota(facts.per_hour, "uur")
    scale = _scale(busiest.queries, quota)
    told = f"Het drukste uur was {busiest.words}: {queries(busiest.queries)}."
    bars = [_bar(facts, hour, scale) for hour in facts.hours if hour.queries]
    return _panel(facts, "Per uur", told if bars else "Er waren geen bevragingen.", quota, scale, bars)


def day_panel(facts: UsageFacts) -> Panel:
    totals = list(facts.totals)
    most = max((after for _, _, after in totals), default=0)
    quota = Quota(facts.per_day, "dag")
    scale = _scale(most, quota)
    rises = [_rise(facts, hour, before, after, scale) for hour, before, after in totals]
    return _panel(facts, "Opgeteld per dag", f"De hoogste stand was {queries(most)}.", quota, scale, rises)


def queries(count: int) -> str:
    return f"{figure(count)} {'bevraging' if count == 1 else 'bevragingen'}"


def _scale(most: int, quota: Quota) -> Scale:
    return Scale(top_for(max(most, quota.limit or 0)), _ABOVE, _HEIGHT)


def _panel(
    facts: UsageFacts, title: str, told: str, quota: Quota, scale: Scale, drawn: list[Bar] | list[Line]
) -> Panel:
    grid, figures = scale.grid()
    midnights, ticks = _axis(facts, scale)
    limit, limit_label = _limit(quota, scale)
    crossings, crossing_label = _crossings(facts, scale)
    return Panel(
        key=f"{facts.key}-{quota.window}",
        title=title,
        description=" ".join((told, *_about(facts, quota))),
        height=_ABOVE + _HEIGHT + _BELOW,
        grid=[*grid, *midnights],
        bars=[*_future(facts, scale), *(shape for shape in drawn if isinstance(shape, Bar))],
        lines=[*(shape for shape in drawn if isinstance(shape, Line)), *limit, *crossings],
        labels=[*figures, *ticks, *limit_label, *crossing_label],
    )


def _bar(facts: UsageFacts, hour: Hour, scale: Scale) -> Bar:
    left, right = facts.place(hour.start), facts.place(hour.end)
    margin = (right - left) * (1 - _BAR) / 2
    y, height = scale.bar(hour.queries)
    kind = "crossed" if facts.is_crossed_in(hour) else "usage"
    title = f"{hour.words}: {figure(hour.queries)}"
    return Bar(percent(left + margin), y, percent((right - left) * _BAR), height, kind, title)


def _rise(facts: UsageFacts, hour: Hour, before: int, after: int, scale: Scale) -> Line:
    end = min(hour.end, facts.now.astimezone(UTC))
    x1, x2 = percent(facts.place(hour.start)), percent(facts.place(end))
    return Line(x1, number(scale.y(before)), x2, number(scale.y(after)), "total")


def _limit(quota: Quota, scale: Scale) -> tuple[list[Line], list[Label]]:
    if not quota.limit:
        return [], []
    y = scale.y(quota.limit)
    words = f"quotum {figure(quota.limit)} per {quota.window}"
    return [line_at(y, "quota")], [Label("0%", number(y - 6), words, kind="quota", dx=4)]


def _crossings(facts: UsageFacts, scale: Scale) -> tuple[list[Line], list[Label]]:
    """A line at each; words at the last of them, on the side where there is room."""
    if not facts.crossings:
        return [], []
    places = [facts.place(at) for at in facts.crossings]
    lines = [Line(percent(place), "4", percent(place), number(scale.floor), "crossing") for place in places]
    anchor, dx = ("end", -6) if places[-1] > _MIDDLE else ("start", 6)
    words = f"overschreden om {clock(facts.crossings[-1])} uur"
    return lines, [Label(percent(places[-1]), "13", words, anchor, "crossing", dx)]


def _axis(facts: UsageFacts, scale: Scale) -> tuple[list[Line], list[Label]]:
    lines, labels = [], []
    for hour in facts.hours:
        if hour.local.hour % _TICK_HOURS:
            continue
        x = percent(facts.place(hour.start))
        labels.append(Label(x, number(scale.floor + 16), f"{hour.local:%H}", "start", "tick", 4))
        if hour.begins_a_day:
            lines.append(Line(x, number(scale.above), x, number(scale.floor + _BELOW), "midnight"))
            labels.append(Label(x, number(scale.floor + 33), hour.day, "start", "tick", 4))
        else:
            lines.append(Line(x, number(scale.floor), x, number(scale.floor + 6), "floor"))
    return lines, labels


def _future(facts: UsageFacts, scale: Scale) -> list[Bar]:
    if facts.is_over:
        return []
    left = facts.place(facts.now)
    return [Bar(percent(left), number(scale.above), percent(1 - left), number(scale.height), "future")]


def _about(facts: UsageFacts, quota: Quota) -> Iterator[str]:
    if quota.limit:
        yield f"Het quotum is {figure(quota.limit)} per {quota.window}."
    for at in facts.crossings:
        yield f"Het quotum is overschreden {on_day_at(at)}."


def on_day_at(at: datetime) -> str:
    return f"op {short_date(at.astimezone(AMSTERDAM))} om {clock(at)} uur"
