"""A new authority: a root that signs once and is forgotten, and below it the one that issues."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.x509.oid import NameOID

from certificates.authority.profiles import COUNTRY, builder, of_authority, with_extensions
from certificates.environments import IN_DUTCH, MARKS

ROOT_VALID_FOR: Final = timedelta(days=20 * 365)
ISSUING_VALID_FOR: Final = timedelta(days=10 * 365)

Founded = tuple[ec.EllipticCurvePrivateKey, tuple[x509.Certificate, x509.Certificate]]


def found_authority(environment: str, *, at: datetime) -> Founded:
    """The issuing key, and its chain: issuing certificate, root. The root's key is gone when this returns."""
    root_key, issuing_key = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP384R1())
    root_name, issuing_name = _name("Hoofdcertificaat", environment), _name("Uitgifte", environment)
    begun = builder(root_name, root_name, root_key.public_key(), valid_from=at, valid_until=at + ROOT_VALID_FOR)
    root = with_extensions(begun, of_authority(root_key.public_key(), None)).sign(root_key, SHA384())
    key = issuing_key.public_key()
    begun = builder(issuing_name, root_name, key, valid_from=at, valid_until=at + ISSUING_VALID_FOR)
    issuing = with_extensions(begun, of_authority(key, root)).sign(root_key, SHA384())
    return issuing_key, (issuing, root)


def _name(what: str, environment: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Accountportaal"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, MARKS[environment]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{what} {IN_DUTCH[environment]}"),
        ]
    )
