"""Blocks per day as a picture: a plot per reason, all on one scale."""

from __future__ import annotations

from datetime import date, timedelta

from blocking.charts import BlockFacts, blocks_chart

LAST = date(2026, 11, 25)
DAYS = [LAST - timedelta(days=ago) for ago in range(29, -1, -1)]


def chart_of(**counts):
    return blocks_chart(BlockFacts(DAYS, counts))


def test_every_reason_has_a_plot_with_its_total():
    chart = chart_of(Wachtwoord={LAST: 3, DAYS[0]: 1}, Pincode={})
    assert [panel.title for panel in chart.panels] == ["Wachtwoord: 4", "Pincode: 0"]
    assert chart.panels[1].description == "Er waren er geen."
    assert "wo 25 nov: 3" in chart.panels[0].description


def test_all_plots_have_one_scale():
    chart = chart_of(Wachtwoord={LAST: 10}, Pincode={LAST: 5})
    heights = [float(panel.bars[0].height) for panel in chart.panels]
    assert heights[0] == 2 * heights[1]


def test_bars_stand_at_their_day():
    [bar] = chart_of(Wachtwoord={LAST: 1}).panels[0].bars
    assert 100 * 29 / 30 < float(bar.x.rstrip("%")) < 100
    assert bar.title == "wo 25 nov: 1"


def test_weeks_are_marked_and_no_label_sticks_out():
    panel = chart_of(Wachtwoord={}).panels[0]
    weeks = [(label.text, label.anchor) for label in panel.labels if label.kind in {"tick", "between"}]
    assert weeks == [("2 nov", "start"), ("9 nov", "start"), ("16 nov", "start"), ("23 nov", "end")]
    assert len([line for line in panel.grid if line.x1 == line.x2]) == 4


def test_a_narrow_screen_keeps_every_other_week_and_the_last():
    panel = chart_of(Wachtwoord={}).panels[0]
    assert [label.text for label in panel.labels if label.kind == "tick"] == ["9 nov", "23 nov"]
    assert [label.text for label in panel.labels if label.kind == "between"] == ["2 nov", "16 nov"]


def test_the_table_tells_every_day_newest_first():
    table = chart_of(Wachtwoord={LAST: 3}, Pincode={DAYS[0]: 2}).table
    assert table.columns == ("Dag", "Wachtwoord", "Pincode")
    assert table.rows[0] == ("wo 25 nov", "3", "0")
    assert table.rows[-1] == ("di 27 okt", "0", "2")
    assert len(table.rows) == 30
