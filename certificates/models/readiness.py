from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models import Account
from certificates.choices import ReadinessEnd
from certificates.policy import READY_FOR


class ReadinessQuerySet(models.QuerySet["Readiness"]):
    def open(self) -> ReadinessQuerySet:
        return self.filter(ended_at=None)

    def overdue(self, at: datetime) -> ReadinessQuerySet:
        return self.open().filter(made_ready_at__lte=at - READY_FOR)


class Readiness(models.Model):
    """A certificate that was made ready for an account: it may be installed, once, with number and PIN."""

    account = models.ForeignKey(
        Account, verbose_name="account", on_delete=models.PROTECT, related_name="ready_certificates"
    )
    made_ready_at = models.DateTimeField("klaargezet op")
    made_ready_by = models.ForeignKey(
        Account, verbose_name="klaargezet door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField("afgelopen op", null=True, blank=True)
    end = models.CharField("afloop", max_length=10, choices=ReadinessEnd.choices, blank=True, default="")

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = "klaargezet certificaat"
        verbose_name_plural = "klaargezette certificaten"
        ordering = ("-made_ready_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("account",), condition=Q(ended_at=None), name="readiness_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | Q(ended_at__isnull=False) & ~Q(end=""), name="readiness_end"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account}, klaargezet op {self.made_ready_at:%d-%m-%Y}"

    @property
    def ends_at(self) -> datetime:
        """Until then it may be installed."""
        return self.made_ready_at + READY_FOR
