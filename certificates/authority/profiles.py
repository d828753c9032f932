"""What stands in the certificates: RFC 5280, and no more than their use asks for."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from certificates.authority.interface import Holder, PublicKey
from certificates.environments import MARKS

# RFC 5280, appendix A.1: the longest name or organisation that fits.
LONGEST_NAME: Final = 64
COUNTRY: Final = "NL"

Extension = tuple[x509.ExtensionType, bool]


def name_of(holder: Holder, environment: str) -> x509.Name:
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitting(holder.organisation)),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, MARKS[environment]),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, str(holder.public_id)),
        x509.NameAttribute(NameOID.COMMON_NAME, _fitting(holder.name)),
    ]
    return x509.Name(attributes)


def _fitting(text: str) -> str:
    return text.strip()[:LONGEST_NAME].strip() or "onbekend"


def of_client(key: PublicKey, issuer: x509.Certificate, *, base: str, name: str) -> list[Extension]:
    """Shown to a server by software or a person, and good for nothing else."""
    above = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    found_at = [x509.UniformResourceIdentifier(f"{base}/crl/{name}.crl")]
    told_at = (
        (AuthorityInformationAccessOID.OCSP, f"{base}/ocsp/"),
        (AuthorityInformationAccessOID.CA_ISSUERS, f"{base}/crl/{name}.cer"),
    )
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(digital_signature=True), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False),
        (x509.SubjectKeyIdentifier.from_public_key(key), False),
        (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(above), False),
        (x509.CRLDistributionPoints([x509.DistributionPoint(found_at, None, None, None)]), False),
        (
            x509.AuthorityInformationAccess(
                [x509.AccessDescription(kind, x509.UniformResourceIdentifier(address)) for kind, address in told_at]
            ),
            False,
        ),
    ]


def of_authority(key: PublicKey, issuer: x509.Certificate | None) -> list[Extension]:
    """Of the root (`issuer` is None), which signs authorities; of the issuing one below it, which signs no others."""
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=True, path_length=1 if issuer is None else 0), True),
        (_usage(digital_signature=issuer is not None, signs=True), True),
        (x509.SubjectKeyIdentifier.from_public_key(key), False),
    ]
    if issuer is not None:
        above = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        extensions.append((x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(above), False))
    return extensions


def _usage(*, digital_signature: bool, signs: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def builder(
    subject: x509.Name, issuer: x509.Name, key: PublicKey, *, valid_from: datetime, valid_until: datetime
) -> x509.CertificateBuilder:
    """A certificate to be signed, with a serial number of 159 random bits."""
    return x509.CertificateBuilder(
        issuer, subject, key, x509.random_serial_number(), valid_from.replace(microsecond=0), valid_until
    )


def with_extensions(built: x509.CertificateBuilder, extensions: list[Extension]) -> x509.CertificateBuilder:
    for extension, is_critical in extensions:
        built = built.add_extension(extension, is_critical)
    return built
