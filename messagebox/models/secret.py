from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models import Account
from accounts.sealing import reseal, unseal
from messagebox.choices import SecretEnd
from messagebox.models.message import Message


class SealedSecretQuerySet(models.QuerySet["SealedSecret"]):
    def waiting(self) -> SealedSecretQuerySet:
        return self.filter(ended_at=None)

    def overdue(self, at: datetime) -> SealedSecretQuerySet:
        return self.waiting().filter(readable_until__lte=at)


class SealedSecret(models.Model):
    """A secret that a message brings: the one readable copy there is, shown once and erased with that."""

    message = models.OneToOneField(
        Message, verbose_name="bericht", on_delete=models.CASCADE, related_name="sealed_secret"
    )
    sealed = models.TextField("verzegeld geheim", blank=True, editable=False)
    readable_until = models.DateTimeField("te lezen tot")
    ended_at = models.DateTimeField("gewist op", null=True, blank=True)
    end = models.CharField("einde", max_length=10, choices=SecretEnd.choices, blank=True)
    revealed_by = models.ForeignKey(
        Account, verbose_name="getoond aan", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = SealedSecretQuerySet.as_manager()

    class Meta:
        verbose_name = "verzegeld geheim"
        verbose_name_plural = "verzegelde geheimen"
        indexes = (models.Index(fields=("readable_until",), condition=Q(ended_at=None), name="secret_waiting"),)
        constraints = (
            models.CheckConstraint(
                condition=(Q(ended_at=None, end="") & ~Q(sealed=""))
                | (Q(ended_at__isnull=False, sealed="") & ~Q(end="")),
                name="secret_erased_with_its_end",
            ),
            models.CheckConstraint(
                condition=Q(end=SecretEnd.REVEALED, revealed_by__isnull=False)
                | (~Q(end=SecretEnd.REVEALED) & Q(revealed_by=None)),
                name="secret_revealed_to_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.message}: {self.get_end_display() or 'wacht'}"

    def can_be_read(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.readable_until

    @property
    def secret(self) -> str:
        """Raises SealBroken."""
        return unseal(self.sealed).decode()

    def seal_anew(self) -> None:
        """Under the newest key, so that an old one is soon out of use. Raises SealBroken."""
        self.sealed = reseal(self.sealed)
