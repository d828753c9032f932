"""Client certificates as software would show them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding


@dataclass(frozen=True)
class Shown:
    """One certificate in the forms that proxies give it."""

    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def rfc9440(self) -> str:
        return f":{base64.b64encode(self.der).decode()}:"

    @property
    def nginx(self) -> str:
        return quote(self.pem)

    @property
    def traefik(self) -> str:
        """As the middleware passTLSClientCert with `pem: true` writes it."""
        return "".join(line for line in self.pem.decode().splitlines() if not line.startswith("-----"))


def client_certificate(name: str = "software.zorggroep-noord.example") -> Shown:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
    return Shown(built.sign(key, hashes.SHA256()))
