"""What the portal asks of whoever signs its certificates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

# A list is made anew every hour; whoever misses some of them goes on with the last for a day.
LIST_VALID_FOR: Final = timedelta(hours=24)
# An answer about one certificate is worth little after an hour.
ANSWER_VALID_FOR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it will be. Never a number or a secret: `public_id` names the account to who must know."""

    name: str
    organisation: str
    public_id: UUID


@dataclass(frozen=True, slots=True)
class Revoked:
    """One certificate that may not be believed, and why; `certificate_hold` may end."""

    serial: int
    at: datetime
    reason: x509.ReasonFlags


@dataclass(frozen=True, slots=True)
class Question:
    """What an OCSP request asks: one serial number of one issuer, told by hashes."""

    issuer_name_hash: bytes
    issuer_key_hash: bytes
    serial: int
    algorithm: str
    nonce: bytes | None


class Authority(Protocol):
    """Issues, and says what became of what it issued. Any authority that can do this will do."""

    @property
    def name(self) -> str:
        """Part of the address of its list, and kept with every certificate it issued; other keys, another name."""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """The certificate that signs, and those above it."""

    def issue(self, key: PublicKey, holder: Holder, *, valid_from: datetime, valid_until: datetime) -> x509.Certificate:
        """A client certificate for this key. It ends no later than the certificate that signs it."""

    def revocation_list(self, revoked: Iterable[Revoked], *, number: int, at: datetime) -> bytes:
        """The signed list in DER. Numbers rise."""

    def signed_answer(self, question: Question, found: Revoked | None, *, is_known: bool, at: datetime) -> bytes:
        """The signed OCSP answer in DER: good, revoked, or unknown."""
