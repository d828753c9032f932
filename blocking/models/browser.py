from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.db import models

from accounts.models import Account

# RFC 6265bis: a browser keeps no cookie longer than this.
KNOWN_FOR: Final = timedelta(days=400)


class KnownBrowserQuerySet(models.QuerySet["KnownBrowser"]):
    def known(self, at: datetime) -> KnownBrowserQuerySet:
        """Those that still count: others have lost their cookie long ago."""
        return self.filter(last_seen_at__gt=at - KNOWN_FOR)


class KnownBrowser(models.Model):
    """A browser that completed a sign-in to this account. It has five attempts of its own, apart from strangers.

    Its name is new at each sign-in; the one before is still good, for an answer may be lost on the way.
    """

    public_id = models.UUIDField("openbaar kenmerk", default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        Account, verbose_name="account", on_delete=models.PROTECT, related_name="known_browsers", db_index=False
    )
    token_hash = models.CharField("naam (hash)", max_length=64, editable=False)
    token_hash_before = models.CharField("vorige naam (hash)", max_length=64, blank=True, editable=False)
    first_seen_at = models.DateTimeField("voor het eerst ingelogd")
    last_seen_at = models.DateTimeField("laatst ingelogd")
    source_address = models.GenericIPAddressField("adres", null=True, blank=True)
    user_agent = models.CharField("programma", max_length=300, blank=True)

    objects = KnownBrowserQuerySet.as_manager()

    class Meta:
        verbose_name = "bekende browser"
        verbose_name_plural = "bekende browsers"
        ordering = ("-last_seen_at", "-id")
        indexes = (models.Index(fields=("account", "-last_seen_at", "-id"), name="browser_newest_first"),)

    def __str__(self) -> str:
        return f"{self.account} sinds {self.first_seen_at:%Y-%m-%d}"

    @property
    def budget_class(self) -> str:
        """Whose five attempts these are."""
        return str(self.public_id)
