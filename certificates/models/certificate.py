from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Account
from certificates.choices import CertificateState

FINGERPRINT_PATTERN = r"^[0-9a-f]{64}$"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def installed(self) -> CertificateQuerySet:
        return self.filter(state=CertificateState.INSTALLED)


class Certificate(models.Model):
    """A client certificate of an account: what it says of itself, never its private key."""

    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="certificates")
    # SHA-256 of the DER, in lower-case hex: what the gate knows a caller by. It never moves to another account.
    fingerprint = models.CharField("vingerafdruk", max_length=64, unique=True)
    subject = models.CharField("houder", max_length=500)
    issuer = models.CharField("uitgever", max_length=500)
    serial = models.CharField("serienummer", max_length=64)
    valid_from = models.DateTimeField("geldig vanaf")
    valid_until = models.DateTimeField("geldig tot")
    state = models.CharField(
        "status", max_length=10, choices=CertificateState.choices, default=CertificateState.INSTALLED
    )
    registered_at = models.DateTimeField("geregistreerd op")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "certificaat"
        verbose_name_plural = "certificaten"
        ordering = ("-valid_from", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(fingerprint__regex=FINGERPRINT_PATTERN), name="certificate_fingerprint"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="certificate_ends_after_start"),
        )

    def __str__(self) -> str:
        return self.subject
