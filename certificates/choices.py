"""Stored codes of certificates and their Dutch labels."""

from django.db.models import TextChoices


class CertificateState(TextChoices):
    INSTALLED = "installed", "Geïnstalleerd"
    REVOKED = "revoked", "Ingetrokken"
