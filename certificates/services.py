"""Making a certificate known as an account's own."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.db import IntegrityError, transaction

from accounts.actors import Actor, inert
from accounts.models import Account
from accounts.services import announce_change, record
from certificates.models import Certificate
from certificates.refusals import CertificateKnownAlready, NoCertificate

NAME_MAX_LENGTH = 500


def register_certificate(account: Account, *, pem: bytes, by: Actor, at: datetime) -> Certificate:
    """Make a certificate known as this account's; the gate knows its software by it within a second. Audited.

    Whether `by` may, and whether the certificate comes from somebody to be trusted, is the caller's question. Raises
    NoCertificate, or CertificateKnownAlready where it is registered, for whomever.
    """
    found = _read(pem)
    try:
        with transaction.atomic():
            certificate = Certificate.objects.create(
                account=account,
                fingerprint=found.fingerprint(SHA256()).hex(),
                subject=inert(found.subject.rfc4514_string(), NAME_MAX_LENGTH),
                issuer=inert(found.issuer.rfc4514_string(), NAME_MAX_LENGTH),
                serial=f"{found.serial_number:x}",
                valid_from=found.not_valid_before_utc,
                valid_until=found.not_valid_after_utc,
                registered_at=at,
            )
            parameters = {"valid_until": f"{certificate.valid_until:%d-%m-%Y}", "serial": certificate.serial}
            record("account:certificate:registered", by=by, at=at, account=account, parameters=parameters)
            announce_change([account.pk])
    except IntegrityError:
        raise CertificateKnownAlready from None
    return certificate


def _read(pem: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError:
        raise NoCertificate from None
