"""Pictures of figures, and the same figures as a table: pure, from data to shapes. `components/chart.html` draws them.

Across, everything is in percent of the plot, so that a picture fits every width and its letters keep their size.
Downwards it is in pixels. What a shape looks like is its `kind`, which the style sheet knows.
"""

from blocking.charts.blocks import DAYS_DRAWN, BlockFacts, blocks_chart
from blocking.charts.shapes import Bar, Chart, Key, Label, Line, Panel, Table
from blocking.charts.usage import usage_chart
from blocking.charts.usage_facts import UsageFacts

__all__ = [
    "DAYS_DRAWN",
    "Bar",
    "BlockFacts",
    "Chart",
    "Key",
    "Label",
    "Line",
    "Panel",
    "Table",
    "UsageFacts",
    "blocks_chart",
    "usage_chart",
]
