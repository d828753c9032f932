"""UZI cards as the register's documents describe them, issued by an authority of the tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

OTHER_NAME = x509.ObjectIdentifier("2.5.5.5")
# The authorities of the register by kind of card.
AUTHORITY_OF = {
    "Z": "2.16.528.1.1003.1.3.5.5.2",
    "N": "2.16.528.1.1003.1.3.5.5.3",
    "M": "2.16.528.1.1003.1.3.5.5.4",
    "S": "2.16.528.1.1003.1.3.5.5.5",
}
YEAR = timedelta(days=365)


def told(uzi_number: str = "900012345", card_type: str = "Z") -> str:
    return f"{AUTHORITY_OF[card_type]}-1-{uzi_number}-{card_type}-90000111-01.015-00000000"


def ia5(text: str) -> bytes:
    return bytes([0x16, len(text)]) + text.encode("latin-1")


def usage(*, signs: bool = True, is_authority: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(signs, False, False, False, False, is_authority, is_authority, False, False)


@dataclass
class UziAuthority:
    name: str = "TEST UZI-register Zorgverlener CA"
    ends_at: datetime = field(default_factory=lambda: timezone.now() + 5 * YEAR)
    is_authority: bool = True

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, self.name)])
        begun = self._begun(self.subject, self.key.public_key(), self.ends_at)
        basic = x509.BasicConstraints(ca=self.is_authority, path_length=None)
        self.certificate = begun.add_extension(basic, critical=True).sign(self.key, hashes.SHA256())

    def issues(
        self,
        value: bytes | None = None,
        *,
        uzi_number: str = "900012345",
        card_type: str = "Z",
        ends_at: datetime | None = None,
        key_usage: x509.KeyUsage | None = None,
        more: tuple[x509.GeneralName, ...] = (),
        key: ec.EllipticCurvePrivateKey | None = None,
    ) -> x509.Certificate:
        """A card's certificate; `value`: something else in the name than the layout has."""
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A. de Boer")])
        public = (key or ec.generate_private_key(ec.SECP256R1())).public_key()
        name = x509.OtherName(OTHER_NAME, ia5(told(uzi_number, card_type)) if value is None else value)
        begun = self._begun(subject, public, ends_at or timezone.now() + YEAR)
        begun = begun.add_extension(x509.SubjectAlternativeName([name, *more]), critical=False)
        return begun.add_extension(key_usage or usage(), critical=True).sign(self.key, hashes.SHA256())

    def _begun(self, subject: x509.Name, key: ec.EllipticCurvePublicKey, ends_at: datetime) -> x509.CertificateBuilder:
        begin = timezone.now() - 3 * YEAR
        return x509.CertificateBuilder(self.subject, subject, key, x509.random_serial_number(), begin, ends_at)
