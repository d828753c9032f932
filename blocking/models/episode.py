from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from blocking.choices import EpisodeKind
from blocking.models.block import Block


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def of(self, organisation: Organisation) -> EpisodeQuerySet:
        """Those in which an account of this organisation was blocked."""
        return self.filter(victims__block__organisation=organisation).distinct()


class Episode(models.Model):
    """One attack, seen as one: many accounts blocked from one source, or within minutes from anywhere."""

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("soort", max_length=10, choices=EpisodeKind.choices)
    # As `policy.source_of` writes it.
    source = models.CharField("van één plek", max_length=43, blank=True)
    began_at = models.DateTimeField("begonnen op")
    last_at = models.DateTimeField("laatste blokkade")

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        verbose_name = "aanval"
        verbose_name_plural = "aanvallen"
        ordering = ("-began_at", "-id")
        indexes = (models.Index(fields=("-last_at",), name="episode_latest"),)
        constraints = (
            models.CheckConstraint(
                condition=(Q(kind=EpisodeKind.SOURCE) & ~Q(source="")) | Q(kind=EpisodeKind.BURST, source=""),
                name="episode_source_as_its_kind",
            ),
        )

    def __str__(self) -> str:
        where = f"vanaf {self.source}" if self.source else "vanaf veel plekken"
        return f"Aanval {where}"


class Victim(models.Model):
    """A block that belongs to an episode; to one at most. The block itself is left as it is."""

    episode = models.ForeignKey(Episode, verbose_name="aanval", on_delete=models.PROTECT, related_name="victims")
    block = models.OneToOneField(Block, verbose_name="blokkade", on_delete=models.PROTECT, related_name="victim")

    class Meta:
        verbose_name = "getroffen account"
        verbose_name_plural = "getroffen accounts"
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.block)
