"""An authority's key and chain, as they were given, or as they are kept beside the demo's data."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from certificates.authority.built_in import BuiltInAuthority, SigningKey
from certificates.authority.founding import found_authority

KEY, CHAIN = "issuing.key", "chain.pem"


class AuthorityUnusable(Exception):
    """No certificates can be issued, and why; in English, for who runs the portal. It never holds the key."""


def read_authority(key: str, chain: str, *, environment: str, base: str) -> BuiltInAuthority:
    """The authority of a PEM key and its PEM chain, issuing certificate first. Raises AuthorityUnusable."""
    signing, certificates = _key(key), _chain(chain)
    _insist_that_they_fit(signing, certificates)
    return BuiltInAuthority(signing, certificates, environment, base)


def kept_authority(folder: Path, *, environment: str, base: str, at: datetime) -> BuiltInAuthority:
    """The authority that is kept in this folder; the first who asks makes it. Raises AuthorityUnusable."""
    try:
        if not folder.exists():
            _make(folder, environment, at)
        key, chain = (folder / KEY).read_text(), (folder / CHAIN).read_text()
    except OSError as unreadable:
        raise AuthorityUnusable(f"The authority's files cannot be used: {unreadable}") from None
    return read_authority(key, chain, environment=environment, base=base)


def _make(folder: Path, environment: str, at: datetime) -> None:
    """All of it or nothing: of several processes that start at once, one keeps its own and all use that."""
    key, chain = found_authority(environment, at=at)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Readable by us alone, as mkdtemp makes folders.
    draft = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    (draft / KEY).write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (draft / KEY).chmod(0o600)
    (draft / CHAIN).write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in chain))
    with suppress(OSError):
        draft.rename(folder)
        return
    for left_over in (draft / KEY, draft / CHAIN):
        os.unlink(left_over)  # noqa: PTH108 - a key, so no trace of it
    draft.rmdir()


def _key(pem: str) -> SigningKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise AuthorityUnusable("The issuing key is no unencrypted private key in PEM.") from None
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise AuthorityUnusable("The issuing key is neither RSA nor elliptic curve.")
    return key


def _chain(pem: str) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(pem.encode()))
    except ValueError:
        raise AuthorityUnusable("The issuing chain holds no certificates in PEM.") from None


def _insist_that_they_fit(key: SigningKey, chain: tuple[x509.Certificate, ...]) -> None:
    issuing = chain[0]
    spki = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*spki) != issuing.public_key().public_bytes(*spki):
        raise AuthorityUnusable("The issuing key does not belong to the first certificate of the chain.")
    for lower, upper in pairwise(chain):
        try:
            lower.verify_directly_issued_by(upper)
        except (ValueError, TypeError, InvalidSignature):
            raise AuthorityUnusable("The chain is broken: a certificate is not signed by the next one.") from None
    _insist_that_it_may_sign(issuing)


def _insist_that_it_may_sign(issuing: x509.Certificate) -> None:
    try:
        usage = issuing.extensions.get_extension_for_class(x509.KeyUsage).value
        is_authority = issuing.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        issuing.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, ValueError):
        raise AuthorityUnusable("The issuing certificate is no authority's: it lacks an extension.") from None
    if not (is_authority and usage.key_cert_sign and usage.crl_sign and usage.digital_signature):
        raise AuthorityUnusable(
            "The issuing certificate may not sign certificates, revocation lists and OCSP answers all three."
        )
