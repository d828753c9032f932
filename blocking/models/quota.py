from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.choices import AccountKind
from accounts.models import Account, Service
from blocking.choices import QuotaWindow
from blocking.models.block import Block


class ServiceQuota(models.Model):
    """So many queries of one service may an account of this kind send within a window. Several windows add up.

    Days are Amsterdam calendar days; minutes and hours are aligned to the clock of the gate's store.
    """

    service = models.ForeignKey(Service, verbose_name="dienst", on_delete=models.PROTECT, related_name="quotas")
    kind = models.CharField("soort account", max_length=10, choices=AccountKind.choices)
    window = models.CharField("venster", max_length=10, choices=QuotaWindow.choices)
    limit = models.PositiveIntegerField("hoogste aantal bevragingen")

    class Meta:
        verbose_name = "quotum"
        verbose_name_plural = "quota"
        ordering = ("service__name", "kind", "window")
        constraints = (
            models.UniqueConstraint(fields=("service", "kind", "window"), name="quota_once_per_window"),
            models.CheckConstraint(condition=Q(limit__gte=1), name="quota_allows_something"),
        )

    def __str__(self) -> str:
        return f"{self.service}: {self.limit} {self.get_window_display().lower()}"


class UsageHour(models.Model):
    """So many queries were let through in this hour: the evidence of a quota, and of its chart.

    `client` is the fingerprint of the certificate that was shown, or the address of who called where the gateway told
    the account. Hours are whole hours in UTC.
    """

    hour = models.DateTimeField("uur")
    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, verbose_name="dienst", on_delete=models.PROTECT, related_name="+")
    client = models.CharField("client", max_length=64, blank=True)
    queries = models.PositiveBigIntegerField("bevragingen")

    class Meta:
        verbose_name = "gebruik per uur"
        verbose_name_plural = "gebruik per uur"
        ordering = ("-hour",)
        constraints = (
            models.UniqueConstraint(fields=("account", "service", "hour", "client"), name="usage_once_per_hour"),
        )

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H:%M} {self.queries}"


class JournalBatch(models.Model):
    """A batch of counts that was written to the journal: brought again, it is not written again."""

    batch_id = models.UUIDField("kenmerk", primary_key=True)
    written_at = models.DateTimeField("geschreven op")

    class Meta:
        verbose_name = "partij van het gebruik"
        verbose_name_plural = "partijen van het gebruik"
        indexes = (models.Index(fields=("written_at",), name="journal_batch_by_moment"),)

    def __str__(self) -> str:
        return str(self.batch_id)


class Crossing(models.Model):
    """A query that went past a quota, as the gate saw it, and the block that came of it.

    The gate gives the id; a crossing that is brought again finds its row and opens nothing.
    """

    crossing_id = models.UUIDField("kenmerk", primary_key=True)
    block = models.ForeignKey(Block, verbose_name="blokkade", on_delete=models.PROTECT, related_name="crossings")
    window = models.CharField("venster", max_length=10, choices=QuotaWindow.choices)
    limit = models.PositiveIntegerField("quotum")
    client = models.CharField("client", max_length=64, blank=True)
    crossed_at = models.DateTimeField("overschreden op")
    recorded_at = models.DateTimeField("vastgelegd op")

    class Meta:
        verbose_name = "overschrijding"
        verbose_name_plural = "overschrijdingen"
        ordering = ("-crossed_at",)

    def __str__(self) -> str:
        return str(self.crossing_id)


class Forecast(models.Model):
    """The contact persons were told that this much of a quota was used: once per window and threshold."""

    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, verbose_name="dienst", on_delete=models.PROTECT, related_name="+")
    window = models.CharField("venster", max_length=10, choices=QuotaWindow.choices)
    window_started_at = models.DateTimeField("begin van het venster")
    percent = models.PositiveSmallIntegerField("procent")
    told_at = models.DateTimeField("gemeld op")

    class Meta:
        verbose_name = "vooruitblik op een quotum"
        verbose_name_plural = "vooruitblikken op quota"
        constraints = (
            models.UniqueConstraint(
                fields=("account", "service", "window", "window_started_at", "percent"), name="forecast_once_per_window"
            ),
        )

    def __str__(self) -> str:
        return f"{self.percent} %"


class ProbationQuerySet(models.QuerySet["Probation"]):
    def newest_first(self) -> ProbationQuerySet:
        return self.order_by("-granted_at", "-pk")


class Probation(models.Model):
    """An allowance of queries after a quota block was lifted: so many past the quota, until then.

    The newest one of an account and service counts. `used` is what the journal knows of it.
    """

    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="probations")
    service = models.ForeignKey(Service, verbose_name="dienst", on_delete=models.PROTECT, related_name="+")
    queries = models.PositiveIntegerField("bevragingen")
    used = models.PositiveIntegerField("verbruikt", default=0)
    granted_at = models.DateTimeField("verleend op")
    valid_until = models.DateTimeField("geldig tot")
    granted_by = models.ForeignKey(
        Account, verbose_name="verleend door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ProbationQuerySet.as_manager()

    class Meta:
        verbose_name = "proefruimte"
        verbose_name_plural = "proefruimtes"
        ordering = ("-granted_at",)
        indexes = (models.Index(fields=("account", "service", "-granted_at"), name="probation_newest"),)
        constraints = (
            models.CheckConstraint(condition=Q(valid_until__gt=F("granted_at")), name="probation_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.queries} tot {self.valid_until:%Y-%m-%d %H:%M}"

    @property
    def left(self) -> int:
        """How many queries it still allows, as far as was journalled."""
        return max(self.queries - self.used, 0)
