"""How many there are of what a crossing, a threshold and a query leave behind."""

from __future__ import annotations

from collections import Counter

from django.db.models import Sum

from accounts.models import AuditEvent
from blocking.choices import BlockReason
from blocking.models import Block, Crossing, UsageHour
from messagebox.models import Delivery, Message

OPENED = "blocking:block_opened"
ONE_OF_EACH = Counter(blocks=1, crossings=1, lines=1, messages=1, mails=1)


def opened() -> Counter[str]:
    """Of everything that one crossing makes."""
    return Counter(
        blocks=Block.objects.filter(reason=BlockReason.QUOTA).count(),
        crossings=Crossing.objects.count(),
        lines=AuditEvent.objects.filter(slug="account:block:opened").count(),
        messages=Message.objects.filter(kind=OPENED).count(),
        mails=Delivery.objects.filter(message__kind=OPENED).count(),
    )


def journalled() -> dict[str, int]:
    """Queries by client."""
    rows = UsageHour.objects.order_by().values("client").annotate(total=Sum("queries"))
    return dict(rows.values_list("client", "total"))
