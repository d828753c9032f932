from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from accounts.choices import MandateRank
from accounts.models.account import Account
from accounts.models.organisation import Organisation


class Period(Func):
    """The mandate's period as a range: start inclusive, end exclusive."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def _period() -> Period:
    return Period("valid_from", "valid_until", RangeBoundary())


class MandateQuerySet(models.QuerySet["Mandate"]):
    def live(self, at: datetime) -> MandateQuerySet:
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)


class Mandate(models.Model):
    """An account is contact person of its organisation during a period."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="mandates",
    )
    rank = models.CharField("rang", max_length=10, choices=MandateRank.choices)
    valid_from = models.DateTimeField("geldig vanaf")
    valid_until = models.DateTimeField("geldig tot", null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        ordering = ("organisation", "rank", "valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="mandate_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(rank=MandateRank.DEPUTY) | Q(valid_until__isnull=False),
                name="mandate_deputy_has_end",
            ),
            ExclusionConstraint(
                name="mandate_one_live_per_rank",
                expressions=(
                    ("organisation", RangeOperators.EQUAL),
                    ("rank", RangeOperators.EQUAL),
                    (_period(), RangeOperators.OVERLAPS),
                ),
                condition=Q(rank__in=(MandateRank.FIRST, MandateRank.SECOND)),
            ),
            ExclusionConstraint(
                name="mandate_one_live_per_account",
                expressions=(
                    ("account", RangeOperators.EQUAL),
                    (_period(), RangeOperators.OVERLAPS),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.account} – {self.get_rank_display()}"
