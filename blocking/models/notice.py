from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Account
from blocking.choices import NoticeKind
from blocking.models.block import Block


class NoticeQuerySet(models.QuerySet["Notice"]):
    def denied(self) -> NoticeQuerySet:
        return self.filter(denied_at__isnull=False)


class Notice(models.Model):
    """What the rightful user was told by mail and may answer once: this was not me.

    `block` is the block by Support that the answer opened, or found open.
    """

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField("waarover", max_length=20, choices=NoticeKind.choices)
    told_at = models.DateTimeField("verteld op")
    denied_at = models.DateTimeField("gemeld op", null=True, blank=True)
    denied_from = models.GenericIPAddressField("gemeld vanaf", null=True, blank=True)
    block = models.ForeignKey(
        Block, verbose_name="blokkade", on_delete=models.PROTECT, related_name="notices", null=True, blank=True
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "melding «dit was ik niet»"
        verbose_name_plural = "meldingen «dit was ik niet»"
        ordering = ("-denied_at", "-id")
        indexes = (
            models.Index(fields=("-denied_at", "-id"), condition=Q(denied_at__isnull=False), name="notice_denied"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(denied_at=None, denied_from=None, block=None)
                | Q(denied_at__isnull=False, block__isnull=False),
                name="notice_denied_as_a_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.account}"
