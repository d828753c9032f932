"""Usage as a picture: hours as they really pass, quotas as lines, the moment of crossing, and the table behind it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from blocking.charts import UsageFacts, usage_chart
from blocking.windows import AMSTERDAM

NOON = datetime(2026, 11, 24, 12, tzinfo=AMSTERDAM)


def midnight(year, month, day):
    return datetime(year, month, day, tzinfo=AMSTERDAM)


def facts(since=None, until=None, **further):
    since, until = since or midnight(2026, 11, 23), until or midnight(2026, 11, 25)
    return UsageFacts(key="x", service="Controle", since=since, until=until, **{"now": until, **further})


def bars(chart, kind="usage", panel=0):
    return [bar for bar in chart.panels[panel].bars if bar.kind == kind]


def lines(chart, kind, panel=0):
    return [line for line in chart.panels[panel].lines if line.kind == kind]


def words(chart, kind, panel=0):
    return [label.text for label in chart.panels[panel].labels if label.kind == kind]


def share(text):
    assert text.endswith("%")
    return float(text[:-1])


def test_a_bar_stands_in_its_hour():
    [bar] = bars(usage_chart(facts(queries={NOON: 7})))
    middle = share(bar.x) + share(bar.width) / 2
    assert middle == pytest.approx(100 * 36.5 / 48, abs=0.02)
    assert bar.title == "di 24 nov, 12.00–13.00 uur: 7"


def test_bars_are_as_high_as_their_figures():
    chart = usage_chart(facts(queries={NOON: 50, NOON + timedelta(hours=1): 100}))
    half, whole = bars(chart)
    assert float(whole.height) == pytest.approx(2 * float(half.height))
    assert float(half.y) + float(half.height) == pytest.approx(float(whole.y) + float(whole.height))


def test_one_query_is_seen_beside_a_quota_of_a_million():
    [bar] = bars(usage_chart(facts(queries={NOON: 1}, per_hour=1_000_000)))
    assert float(bar.height) >= 2


def test_the_quota_is_a_line_at_its_figure():
    chart = usage_chart(facts(queries={NOON: 100}, per_hour=100))
    [line] = lines(chart, "quota")
    assert line.y1 == line.y2 == bars(chart)[0].y
    assert words(chart, "quota") == ["quotum 100 per uur"]


def test_without_a_quota_per_day_there_is_no_second_plot():
    assert len(usage_chart(facts(per_hour=10)).panels) == 1
    assert len(usage_chart(facts(per_day=10)).panels) == 2


def test_the_days_count_adds_up_and_begins_anew_at_midnight():
    yesterday, today = midnight(2026, 11, 23) + timedelta(hours=20), midnight(2026, 11, 24) + timedelta(hours=1)
    chart = usage_chart(facts(queries={yesterday: 60, today: 30}, per_day=100))
    table = {row[0]: row[1:] for row in chart.table.rows}
    assert table["ma 23 nov, 20.00–21.00 uur"] == ("60", "60")
    assert table["ma 23 nov, 23.00–00.00 uur"] == ("0", "60")
    assert table["di 24 nov, 00.00–01.00 uur"] == ("0", "0")
    assert table["di 24 nov, 01.00–02.00 uur"] == ("30", "30")
    rises = lines(chart, "total", panel=1)
    assert len(rises) == 48
    assert rises[23].y2 != rises[24].y1


def test_nothing_is_drawn_that_has_not_happened():
    now = NOON + timedelta(minutes=30)
    chart = usage_chart(facts(now=now, queries={NOON: 5}, per_day=100))
    assert len(chart.table.rows) == 37
    assert len(lines(chart, "total", panel=1)) == 37
    [future] = bars(chart, "future")
    assert share(future.x) == pytest.approx(100 * 36.5 / 48, abs=0.02)
    assert share(future.x) + share(future.width) == pytest.approx(100)
    assert lines(chart, "total", panel=1)[-1].x2 == future.x


def test_the_moment_of_crossing_is_marked_and_told():
    at = NOON + timedelta(minutes=32)
    chart = usage_chart(facts(queries={NOON: 100}, per_hour=100, per_day=500, crossed_at=[at]))
    for panel in (0, 1):
        [line] = lines(chart, "crossing", panel)
        assert share(line.x1) == share(line.x2) == pytest.approx(100 * (36 + 32 / 60) / 48, abs=0.02)
    assert words(chart, "crossing") == ["overschreden om 12.32 uur"]
    assert len(bars(chart, "crossed")) == 1
    assert "overschreden op 24 nov om 12.32 uur" in chart.panels[0].description
    assert chart.table.rows[36][0].endswith("quotum overschreden om 12.32 uur")


@pytest.mark.parametrize(("hour", "anchor"), [(1, "start"), (23, "end")])
def test_the_words_at_a_crossing_stay_inside(hour, anchor):
    at = midnight(2026, 11, 23 if hour == 1 else 24) + timedelta(hours=hour)
    chart = usage_chart(facts(crossed_at=[at]))
    [label] = [label for label in chart.panels[0].labels if label.kind == "crossing"]
    assert label.anchor == anchor


def test_a_crossing_of_another_day_is_not_drawn():
    chart = usage_chart(facts(crossed_at=[NOON - timedelta(days=5), NOON + timedelta(days=5)]))
    assert lines(chart, "crossing") == []
    assert "overschreden" not in chart.panels[0].description


class TestWhenClocksChange:
    def test_the_day_of_23_hours_has_no_hour_that_is_not_there(self):
        spring = facts(midnight(2026, 3, 29), midnight(2026, 3, 30))
        rows = [row[0] for row in usage_chart(spring).table.rows]
        assert len(rows) == 23
        assert rows[1] == "zo 29 mrt, 01.00–03.00 uur"
        assert rows[2] == "zo 29 mrt, 03.00–04.00 uur"

    def test_the_day_of_25_hours_has_an_hour_twice_and_says_which(self):
        first, second = (datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 1))
        autumn = facts(midnight(2026, 10, 25), midnight(2026, 10, 26), queries={first: 3, second: 4}, per_day=10)
        chart = usage_chart(autumn)
        rows = [row[:2] for row in chart.table.rows]
        assert len(rows) == 25
        assert rows[2] == ("zo 25 okt, 02.00–02.00 uur (zomertijd)", "3")
        assert rows[3] == ("zo 25 okt, 02.00–03.00 uur (wintertijd)", "4")
        left, right = bars(chart)
        assert share(right.x) - share(left.x) == pytest.approx(4, abs=0.02)
        assert [row[2] for row in chart.table.rows][-1] == "7"

    @pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25)])
    def test_every_hour_is_as_wide_as_the_others(self, day, hours):
        since = midnight(*day)
        until = midnight(day[0], day[1], day[2] + 1)
        every = {since.astimezone(UTC) + timedelta(hours=n): 1 for n in range(hours)}
        drawn = bars(usage_chart(facts(since, until, queries=every)))
        assert len(drawn) == hours
        assert {bar.width for bar in drawn} == {drawn[0].width}


@pytest.mark.parametrize("count", [0, 1, 7, 99, 100, 101, 12_345, 10**9])
def test_the_scale_reaches_past_every_figure(count):
    chart = usage_chart(facts(queries={NOON: count}, per_hour=3))
    scale = [int(text.replace(".", "")) for text in words(chart, "scale")]
    assert scale[0] == 0
    assert max(scale) >= count
    assert max(scale) <= max(10, 2 * count)
    for bar in bars(chart):
        assert float(bar.y) >= 36


def test_no_number_is_written_with_a_comma():
    chart = usage_chart(facts(queries={NOON: 1_234_567}, per_hour=3, per_day=7, crossed_at=[NOON]))
    for panel in chart.panels:
        drawn = [(b.x, b.y, b.width, b.height) for b in panel.bars] + [(n.x1, n.y1, n.x2, n.y2) for n in panel.lines]
        assert all("," not in value and "e" not in value for shape in drawn for value in shape)
