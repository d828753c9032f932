"""Queries of one service per hour against the quota per hour, and added up per day against the quota per day."""

from __future__ import annotations

from collections.abc import Iterator

from blocking.charts.hours import Hour, clock
from blocking.charts.scale import figure
from blocking.charts.shapes import Chart, Key, Table
from blocking.charts.usage_facts import UsageFacts
from blocking.charts.usage_panels import day_panel, hour_panel


def usage_chart(facts: UsageFacts) -> Chart:
    """Both plots, or the first alone where no quota per day is; the table tells all of it."""
    return Chart(
        title=f"Bevragingen van {facts.service}, {facts.period}",
        panels=[hour_panel(facts), *([day_panel(facts)] if facts.per_day else [])],
        table=_table(facts),
        keys=list(_keys(facts)),
    )


def _keys(facts: UsageFacts) -> Iterator[Key]:
    yield Key("bar", "usage", "Bevragingen in een uur")
    if any(facts.is_crossed_in(hour) and hour.queries for hour in facts.hours):
        yield Key("bar", "crossed", "Uur van de overschrijding")
    if facts.per_day:
        yield Key("line", "total", "Opgeteld vanaf middernacht")
    if facts.per_hour or facts.per_day:
        yield Key("line", "quota", "Quotum")
    if facts.crossings:
        yield Key("line", "crossing", "Quotum overschreden")
    if not facts.is_over:
        yield Key("bar", "future", "Moet nog komen")


def _table(facts: UsageFacts) -> Table:
    rows = [(_in_words(facts, hour), figure(hour.queries), figure(after)) for hour, _, after in facts.totals]
    return Table(f"Bevragingen van {facts.service} per uur", ("Uur", "Bevragingen", "Opgeteld"), rows)


def _in_words(facts: UsageFacts, hour: Hour) -> str:
    crossed = (f"; quotum overschreden om {clock(at)} uur" for at in facts.crossings if hour.holds(at))
    return hour.words + "".join(crossed)
