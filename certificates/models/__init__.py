from certificates.models.certificate import Certificate, CertificateQuerySet
from certificates.models.readiness import Readiness, ReadinessQuerySet
from certificates.models.reminder import ExpiryReminder
from certificates.models.revocation_list import RevocationList
from certificates.models.uzi_card import UziCard

__all__ = [
    "Certificate",
    "CertificateQuerySet",
    "ExpiryReminder",
    "Readiness",
    "ReadinessQuerySet",
    "RevocationList",
    "UziCard",
]
