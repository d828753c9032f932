from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models.account import Account


class EmailChangeQuerySet(models.QuerySet["EmailChange"]):
    def waiting(self, at: datetime) -> EmailChangeQuerySet:
        return self.filter(confirmed_at=None, withdrawn_at=None, expires_at__gt=at)


class EmailChange(models.Model):
    """Another address for an account, from being asked for to being confirmed by who reads the mail there."""

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="email_changes")
    email = models.EmailField("nieuw e-mailadres")
    email_before = models.EmailField("eerder e-mailadres", blank=True)
    requested_at = models.DateTimeField("aangevraagd op")
    expires_at = models.DateTimeField("geldig tot")
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "wijziging van een e-mailadres"
        verbose_name_plural = "wijzigingen van e-mailadressen"
        ordering = ("-requested_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(withdrawn_at=None), name="email_change_confirmed_or_withdrawn"
            ),
            # One that ran out stands until the next is asked for; that one withdraws it.
            models.UniqueConstraint(
                fields=("account",),
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="email_change_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account}: {self.requested_at:%Y-%m-%d %H:%M}"

    def is_waiting(self, at: datetime) -> bool:
        return self.confirmed_at is None and self.withdrawn_at is None and at < self.expires_at
