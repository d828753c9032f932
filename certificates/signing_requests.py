"""Reading a signing request (PKCS#10) that somebody uploads or pastes.

Whatever it holds, the answer is a request that may be signed or a sentence. Of the request only the key is used: who
it is for is known from the account, and what it is good for from the portal's own profile.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certificates.authority.interface import PublicKey
from certificates.refusals import (
    AsksTooMuch,
    CertificateInstead,
    NoSigningRequest,
    PrivateKeyInside,
    RequestTooLarge,
    SignatureWrong,
    WeakSignature,
    WildcardAsked,
    WrongKey,
)

# A request with an RSA key of 4096 bits and generous names is 2 kB, and a third more as PEM.
LARGEST_BYTES: Final = 16 * 1024
RSA_BITS: Final = range(2048, 4097)
RSA_SMALLEST_EXPONENT: Final = 65537
CURVES: Final = (ec.SECP256R1, ec.SECP384R1)
STRONG_HASHES: Final = (hashes.SHA256, hashes.SHA384, hashes.SHA512)

_FRAME: Final = re.compile(
    rb"-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----"
)
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True)
class SigningRequest:
    """A request of which everything was looked at."""

    key: PublicKey


def read_signing_request(uploaded: bytes) -> SigningRequest:
    """Read and judge a request in PEM or DER. Raises a RequestRefused, and nothing else."""
    if len(uploaded) > LARGEST_BYTES:
        raise RequestTooLarge
    _insist_on_a_request(uploaded)
    request = _parsed(_der_in(uploaded))
    _insist_on_no_wildcard(request)
    _insist_on_no_surprise(request)
    key = _key_of(request)
    _insist_on_signature(request)
    return SigningRequest(key)


def _insist_on_a_request(uploaded: bytes) -> None:
    if b"PRIVATE KEY" in uploaded:
        raise PrivateKeyInside
    if b"BEGIN CERTIFICATE-----" in uploaded:
        raise CertificateInstead


def _der_in(uploaded: bytes) -> bytes:
    if not uploaded.lstrip().startswith(b"-----"):
        return uploaded
    framed = _FRAME.search(uploaded)
    if framed is None:
        raise NoSigningRequest
    try:
        return base64.b64decode(b"".join(framed[1].split()), validate=True)
    except binascii.Error:
        raise NoSigningRequest from None


def _parsed(der: bytes) -> x509.CertificateSigningRequest:
    try:
        return x509.load_der_x509_csr(der)
    except _UNREADABLE:
        raise NoSigningRequest from None


def _key_of(request: x509.CertificateSigningRequest) -> PublicKey:
    try:
        key = request.public_key()
    except _UNREADABLE:
        raise WrongKey from None
    if isinstance(key, rsa.RSAPublicKey) and _is_good_rsa(key):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, CURVES):
        return key
    raise WrongKey


def _is_good_rsa(key: rsa.RSAPublicKey) -> bool:
    numbers = key.public_numbers()
    return key.key_size in RSA_BITS and numbers.e >= RSA_SMALLEST_EXPONENT and numbers.e % 2 == 1


def _insist_on_signature(request: x509.CertificateSigningRequest) -> None:
    """The proof that whoever asks holds the private key."""
    try:
        signed_with = request.signature_hash_algorithm
        is_valid = request.is_signature_valid
    except _UNREADABLE:
        raise SignatureWrong from None
    if not isinstance(signed_with, STRONG_HASHES):
        raise WeakSignature
    if not is_valid:
        raise SignatureWrong


def _insist_on_no_wildcard(request: x509.CertificateSigningRequest) -> None:
    try:
        names = [str(each.value) for each in request.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
        names += _alternative_names(request)
    except _UNREADABLE:
        raise NoSigningRequest from None
    if any("*" in name for name in names):
        raise WildcardAsked


def _alternative_names(request: x509.CertificateSigningRequest) -> list[str]:
    try:
        asked = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    except x509.DuplicateExtension:
        raise AsksTooMuch from None
    return [str(name.value) for name in asked]


def _insist_on_no_surprise(request: x509.CertificateSigningRequest) -> None:
    """What may be asked for is what is given anyway; anything beyond is somebody who wants more than a client's."""
    try:
        asked = [each.value for each in request.extensions]
    except x509.DuplicateExtension:
        raise AsksTooMuch from None
    except _UNREADABLE:
        raise NoSigningRequest from None
    if not all(_is_harmless(each) for each in asked):
        raise AsksTooMuch


def _is_harmless(asked: x509.ExtensionType) -> bool:
    match asked:
        case x509.BasicConstraints():
            return not asked.ca
        case x509.KeyUsage():
            return not (asked.key_cert_sign or asked.crl_sign)
        case x509.ExtendedKeyUsage():
            return set(asked) <= {ExtendedKeyUsageOID.CLIENT_AUTH}
        case x509.SubjectAlternativeName() | x509.SubjectKeyIdentifier():
            return True
    return False
