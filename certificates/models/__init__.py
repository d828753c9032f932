from certificates.models.certificate import Certificate, CertificateQuerySet

__all__ = ["Certificate", "CertificateQuerySet"]
