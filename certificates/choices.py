"""Stored codes of certificates and their Dutch labels."""

from django.db.models import TextChoices


class CertificateState(TextChoices):
    INSTALLED = "installed", "Geïnstalleerd"
    REVOKED = "revoked", "Ingetrokken"


class Standing(TextChoices):
    """Where a certificate stands at a moment: worked out from what is stored (`policy.standing_of`), never stored."""

    NOT_YET = "not_yet", "Nog niet geldig"
    INSTALLED = "installed", "Geldig"
    RENEWABLE = "renewable", "Geldig, te verlengen"
    EXPIRED = "expired", "Verlopen, opnieuw te installeren"
    LAPSED = "lapsed", "Verlopen"
    HELD = "held", "Opgeschort"
    REVOKED = "revoked", "Ingetrokken"


class RevocationReason(TextChoices):
    """Why a certificate may not be believed any more. The list and OCSP say it in RFC 5280's words."""

    KEY_COMPROMISE = "key_compromise", "Sleutel kwijt of gestolen"
    SUPERSEDED = "superseded", "Vervangen door een nieuw certificaat"
    CESSATION = "cessation", "Niet meer nodig"
    PRIVILEGE_WITHDRAWN = "privilege_withdrawn", "Account verwijderd of recht vervallen"


class ReadinessEnd(TextChoices):
    """What became of a certificate that was made ready."""

    INSTALLED = "installed", "Geïnstalleerd"
    REMOVED = "removed", "Niet op tijd geïnstalleerd"
    WITHDRAWN = "withdrawn", "Account verwijderd"
