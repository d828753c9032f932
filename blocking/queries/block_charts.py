"""How many blocks were opened on each of the last days, for a picture."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from blocking.charts import DAYS_DRAWN, BlockFacts
from blocking.choices import BlockReason
from blocking.models import Block
from blocking.windows import AMSTERDAM, midnight_of


def opened_per_day(at: datetime) -> BlockFacts:
    """The Amsterdam days up to this one, in one statement."""
    last = at.astimezone(AMSTERDAM).date()
    days = [last - timedelta(days=ago) for ago in range(DAYS_DRAWN - 1, -1, -1)]
    counts: defaultdict[str, dict[date, int]] = defaultdict(dict)
    opened = Block.objects.filter(opened_at__gte=midnight_of(at, days_later=1 - DAYS_DRAWN), opened_at__lte=at)
    by_day = opened.order_by().annotate(day=TruncDate("opened_at", tzinfo=AMSTERDAM)).values_list("reason", "day")
    for reason, day, count in by_day.annotate(Count("pk")):
        counts[reason][day] = count
    return BlockFacts(days, {reason.label: counts[reason] for reason in BlockReason})
