"""The built-in authority: a key in this process's memory, and the `cryptography` package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from certificates.authority.interface import ANSWER_VALID_FOR, LIST_VALID_FOR, Holder, PublicKey, Question, Revoked
from certificates.authority.profiles import builder, name_of, of_client, with_extensions
from certificates.authority.questions import HASHES

SigningKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class BuiltInAuthority:
    """`base`: the portal's public address, which the certificates name."""

    key: SigningKey
    chain: tuple[x509.Certificate, ...]
    environment: str
    base: str

    @property
    def issuer(self) -> x509.Certificate:
        return self.chain[0]

    @property
    def name(self) -> str:
        own = self.issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        return f"{self.environment}-{own.key_identifier.hex()[:12]}"

    @property
    def _hash(self) -> hashes.SHA256 | hashes.SHA384:
        """SHA-384 where the key is as strong as that, otherwise SHA-256."""
        return hashes.SHA384() if isinstance(self.key, ec.EllipticCurvePrivateKey) else hashes.SHA256()

    def issue(self, key: PublicKey, holder: Holder, *, valid_from: datetime, valid_until: datetime) -> x509.Certificate:
        until = min(valid_until.replace(microsecond=0), self.issuer.not_valid_after_utc)
        begun = builder(
            name_of(holder, self.environment), self.issuer.subject, key, valid_from=valid_from, valid_until=until
        )
        extensions = of_client(key, self.issuer, base=self.base, name=self.name)
        return with_extensions(begun, extensions).sign(self.key, self._hash)

    def revocation_list(self, revoked: Iterable[Revoked], *, number: int, at: datetime) -> bytes:
        now = at.replace(microsecond=0)
        above = self.issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        entries = [_entry(each) for each in revoked]
        signed = (
            x509.CertificateRevocationListBuilder(self.issuer.subject, now, now + LIST_VALID_FOR, [], entries)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(above), critical=False)
            .add_extension(x509.CRLNumber(number), critical=False)
            .sign(self.key, self._hash)
        )
        return signed.public_bytes(Encoding.DER)

    def signed_answer(self, question: Question, found: Revoked | None, *, is_known: bool, at: datetime) -> bytes:
        now = at.replace(microsecond=0)
        status = ocsp.OCSPCertStatus.REVOKED if found else ocsp.OCSPCertStatus.GOOD
        begun = ocsp.OCSPResponseBuilder().add_response_by_hash(
            question.issuer_name_hash,
            question.issuer_key_hash,
            question.serial,
            HASHES[question.algorithm],
            status if is_known else ocsp.OCSPCertStatus.UNKNOWN,
            now,
            now + ANSWER_VALID_FOR,
            found.at.replace(microsecond=0) if found else None,
            found.reason if found else None,
        )
        begun = begun.responder_id(ocsp.OCSPResponderEncoding.HASH, self.issuer)
        if question.nonce is not None:
            begun = begun.add_extension(x509.OCSPNonce(question.nonce), critical=False)
        return begun.sign(self.key, self._hash).public_bytes(Encoding.DER)


def _entry(revoked: Revoked) -> x509.RevokedCertificate:
    begun = x509.RevokedCertificateBuilder(revoked.serial, revoked.at.replace(microsecond=0))
    return begun.add_extension(x509.CRLReason(revoked.reason), critical=False).build()
