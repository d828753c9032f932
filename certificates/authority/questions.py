"""Reading what an OCSP client asks."""

from __future__ import annotations

from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp

from certificates.authority.interface import Question

# A question about one certificate, signed and with a nonce, is well below this.
LARGEST_BYTES: Final = 4 * 1024
# RFC 9654.
LONGEST_NONCE: Final = 128

HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    kind.name: kind() for kind in (hashes.SHA1, hashes.SHA224, hashes.SHA256, hashes.SHA384, hashes.SHA512)
}
MALFORMED: Final = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST).public_bytes(
    Encoding.DER
)
TRY_LATER: Final = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER).public_bytes(
    Encoding.DER
)


class Malformed(Exception):
    """Not a question about one certificate."""


def read_question(der: bytes) -> Question:
    """Raises Malformed, and nothing else."""
    if len(der) > LARGEST_BYTES:
        raise Malformed
    try:
        asked = ocsp.load_der_ocsp_request(der)
        question = Question(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial=asked.serial_number,
            algorithm=asked.hash_algorithm.name,
            nonce=_nonce(asked),
        )
    except (ValueError, TypeError, OverflowError, NotImplementedError, UnsupportedAlgorithm, x509.DuplicateExtension):
        raise Malformed from None
    _insist_on_sense(question)
    return question


def is_about(question: Question, issuer: x509.Certificate) -> bool:
    """Does it ask about a certificate of this issuer?"""
    name = _hashed(issuer.subject.public_bytes(), question.algorithm)
    key = _hashed(_bits_of(issuer), question.algorithm)
    return (question.issuer_name_hash, question.issuer_key_hash) == (name, key)


def _hashed(content: bytes, algorithm: str) -> bytes:
    digest = hashes.Hash(HASHES[algorithm])
    digest.update(content)
    return digest.finalize()


def _bits_of(issuer: x509.Certificate) -> bytes:
    """What the bit string of the public key holds (RFC 6960, section 4.1.1)."""
    key = issuer.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return key.public_bytes(Encoding.DER, PublicFormat.PKCS1)


def _nonce(asked: ocsp.OCSPRequest) -> bytes | None:
    try:
        return asked.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except x509.ExtensionNotFound:
        return None


def _insist_on_sense(question: Question) -> None:
    size = HASHES[question.algorithm].digest_size if question.algorithm in HASHES else 0
    fits = len(question.issuer_name_hash) == len(question.issuer_key_hash) == size
    sane_nonce = question.nonce is None or 0 < len(question.nonce) <= LONGEST_NONCE
    if not (fits and sane_nonce and question.serial > 0):
        raise Malformed
