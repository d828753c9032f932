"""Making a certificate known as an account's own: one that somebody else issued, or one that was issued just now."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.actors import Actor, inert
from accounts.models import Account
from accounts.services import announce_change, record
from certificates.authority.interface import PublicKey
from certificates.environments import is_of_another
from certificates.models import Certificate
from certificates.refusals import (
    CertificateExpired,
    CertificateKnownAlready,
    CertificateOdd,
    NoCertificate,
    OfAnotherEnvironment,
)

NAME_MAX_LENGTH = 500


def register_certificate(account: Account, *, pem: bytes, by: Actor, at: datetime) -> Certificate:
    """Make a certificate known as this account's; the gate knows its software by it within a second. Audited.

    Whether `by` may, and whether the certificate comes from somebody to be trusted, is the caller's question. Raises
    NoCertificate, CertificateOdd, CertificateExpired, OfAnotherEnvironment, or CertificateKnownAlready where it is
    registered, for whomever. One that is not valid yet is known from now on, and let in once it is.
    """
    found = _read(pem)
    if found.not_valid_after_utc <= at:
        raise CertificateExpired
    other = is_of_another(found, here=settings.PORTAL_ENVIRONMENT)
    if other:
        raise OfAnotherEnvironment(other)
    try:
        with transaction.atomic():
            certificate = keep(found, account, at=at)
            parameters = {"valid_until": f"{certificate.valid_until:%d-%m-%Y}", "serial": certificate.serial}
            record("account:certificate:registered", by=by, at=at, account=account, parameters=parameters)
            announce_change([account.pk])
    except IntegrityError:
        raise CertificateKnownAlready from None
    return certificate


def keep(found: x509.Certificate, account: Account, *, at: datetime, authority: str = "") -> Certificate:
    """The row of a certificate, in the caller's transaction. Raises IntegrityError where it is there."""
    return Certificate.objects.create(
        account=account,
        fingerprint=found.fingerprint(SHA256()).hex(),
        key_fingerprint=key_fingerprint_of(found),
        subject=inert(found.subject.rfc4514_string(), NAME_MAX_LENGTH),
        issuer=inert(found.issuer.rfc4514_string(), NAME_MAX_LENGTH),
        serial=f"{found.serial_number:x}",
        valid_from=found.not_valid_before_utc,
        valid_until=found.not_valid_after_utc,
        registered_at=at,
        authority=authority,
    )


def fingerprint_of_key(key: PublicKey) -> str:
    """By which a key is known again."""
    return _hashed(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def key_fingerprint_of(found: x509.Certificate) -> str:
    """The same, of a certificate, whatever kind of key it has."""
    try:
        return _hashed(found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return ""


def _hashed(encoded: bytes) -> str:
    digest = Hash(SHA256())
    digest.update(encoded)
    return digest.finalize().hex()


def _read(pem: bytes) -> x509.Certificate:
    try:
        found = x509.load_pem_x509_certificate(pem)
    except (ValueError, x509.InvalidVersion):
        raise NoCertificate from None
    if not _is_sound(found):
        raise CertificateOdd
    return found


def _is_sound(found: x509.Certificate) -> bool:
    """Can its names be read, and has it a serial number as RFC 5280 wants one?"""
    try:
        _ = found.subject.rfc4514_string(), found.issuer.rfc4514_string()
        serial = found.serial_number
    except (ValueError, TypeError):
        return False
    return serial > 0
