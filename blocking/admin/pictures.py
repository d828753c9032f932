"""What blocks look like on Support's first page."""

from __future__ import annotations

from datetime import datetime

from accounts.admin_kit.pictures import Picture
from blocking.charts import Chart, blocks_chart
from blocking.queries.block_charts import opened_per_day


def blocks_per_day(at: datetime) -> Chart:
    return blocks_chart(opened_per_day(at))


BLOCKS_PER_DAY = Picture(rank=20, heading="Blokkades in de afgelopen 30 dagen", draw=blocks_per_day)
