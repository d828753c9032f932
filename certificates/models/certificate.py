from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from accounts.models import Account
from certificates.choices import CertificateState, RevocationReason
from certificates.policy import Dates

FINGERPRINT_PATTERN = r"^[0-9a-f]{64}$"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def installed(self) -> CertificateQuerySet:
        return self.filter(state=CertificateState.INSTALLED)

    def revoked(self) -> CertificateQuerySet:
        return self.filter(state=CertificateState.REVOKED)

    def unexpired(self, at: datetime) -> CertificateQuerySet:
        return self.filter(valid_until__gt=at)

    def issued_by(self, authority: str) -> CertificateQuerySet:
        return self.filter(authority=authority)

    def issued_here(self) -> CertificateQuerySet:
        """By an authority of the portal, not registered from elsewhere."""
        return self.exclude(authority="")


class Certificate(models.Model):
    """A client certificate of an account: what it says of itself, never its private key."""

    public_id = models.UUIDField(
        "openbaar kenmerk", unique=True, editable=False, default=uuid.uuid4, db_default=RandomUUID()
    )
    account = models.ForeignKey(Account, verbose_name="account", on_delete=models.PROTECT, related_name="certificates")
    # SHA-256 of the DER, in lower-case hex: what the gate knows a caller by. It never moves to another account.
    fingerprint = models.CharField("vingerafdruk", max_length=64, unique=True)
    # SHA-256 of the public key, by which a key is known again; empty where it was registered before this was kept.
    key_fingerprint = models.CharField(
        "vingerafdruk van de sleutel", max_length=64, blank=True, default="", db_default="", editable=False
    )
    subject = models.CharField("houder", max_length=500)
    issuer = models.CharField("uitgever", max_length=500)
    serial = models.CharField("serienummer", max_length=64)
    valid_from = models.DateTimeField("geldig vanaf")
    valid_until = models.DateTimeField("geldig tot")
    state = models.CharField(
        "status", max_length=10, choices=CertificateState.choices, default=CertificateState.INSTALLED
    )
    registered_at = models.DateTimeField("geregistreerd op")
    # Which of the portal's authorities issued it; empty where somebody else did.
    authority = models.CharField("uitgegeven door", max_length=60, blank=True, default="", db_default="")
    # Since when it is a factor: it was shown as one, or together with the app or card that its holder had.
    vouched_at = models.DateTimeField("meegeteld sinds", null=True, blank=True)
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    revoked_by = models.ForeignKey(
        Account, verbose_name="ingetrokken door", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    revocation_reason = models.CharField(
        "reden van intrekking",
        max_length=20,
        choices=RevocationReason.choices,
        blank=True,
        default="",
        db_default="",
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "certificaat"
        verbose_name_plural = "certificaten"
        ordering = ("-valid_from", "-id")
        indexes = (
            models.Index(
                fields=("authority", "valid_until"),
                condition=Q(state=CertificateState.REVOKED),
                name="certificate_revocation_list",
            ),
            # OCSP asks by number.
            models.Index(fields=("authority", "serial"), condition=~Q(authority=""), name="certificate_by_number"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(fingerprint__regex=FINGERPRINT_PATTERN), name="certificate_fingerprint"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="certificate_ends_after_start"),
            # What is on the list says since when and why.
            models.CheckConstraint(
                condition=Q(authority="")
                | ~Q(state=CertificateState.REVOKED)
                | Q(revoked_at__isnull=False) & ~Q(revocation_reason=""),
                name="certificate_revoked_when_and_why",
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def dates(self) -> Dates:
        """What the rules look at."""
        return Dates(CertificateState(self.state), self.valid_from, self.valid_until)

    @property
    def serial_number(self) -> int:
        return int(self.serial, 16)
