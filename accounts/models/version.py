from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models.account import Account


class AccountVersionQuerySet(models.QuerySet["AccountVersion"]):
    def behind(self) -> AccountVersionQuerySet:
        """Accounts whose newest version the gate has not been told."""
        return self.filter(version__gt=F("pushed"))


class AccountVersion(models.Model):
    """How often something changed that the gate decides by. Raised by triggers (migration 0007), never by programs.

    `pushed` is the version that the gate was last told. Narrow on purpose: it is written at every change.
    """

    account = models.OneToOneField(
        Account, verbose_name="account", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    version = models.BigIntegerField("versie", default=1)
    pushed = models.BigIntegerField("doorgegeven versie", default=0)

    objects = AccountVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van een account"
        verbose_name_plural = "versies van accounts"
        indexes = (
            models.Index(fields=("account",), condition=Q(version__gt=F("pushed")), name="account_version_behind"),
        )

    def __str__(self) -> str:
        return f"{self.version}"
