"""Installing a certificate with number and PIN: for software by a signing request, for a person as a PKCS#12 file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import PBES, serialize_key_and_certificates

from accounts.actors import Actor
from accounts.models import Account
from accounts.services import announce_change, record, refusals_recorded
from blocking.choices import Door
from blocking.services import Typed, check_secret, complete_entry
from certificates.authority import Authority, AuthorityUnusable, Holder, authority
from certificates.authority.interface import PublicKey
from certificates.choices import ReadinessEnd, RevocationReason
from certificates.models import Certificate, Readiness
from certificates.policy import VALIDITY, may_install
from certificates.queries import is_key_used_elsewhere, newest_issued_to, readiness_of, standings_of
from certificates.refusals import AuthorityAway, KeyUsedElsewhere, NothingToInstall
from certificates.services.notices import tell_installed
from certificates.services.readying import end_readiness
from certificates.services.registering import fingerprint_of_key, keep
from certificates.services.revoking import revoke_locked
from certificates.signing_requests import SigningRequest

# What OpenSSL 3 makes by itself, with more rounds: a stolen file is worth no more than its passphrase is hard to guess.
PKCS12_ROUNDS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed over, once. It may hold a private key, so it is kept nowhere and never shown by accident."""

    certificate: Certificate
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Issued:
    certificate: Certificate
    signed: x509.Certificate


def install_with_request(
    *, user_number: str, pin: str, request: SigningRequest, by: Actor, at: datetime
) -> Handed | None:
    """The certificate and its chain in PEM, for the key of a signing request; None where the entry is refused.

    Raises NothingToInstall or KeyUsedElsewhere, audited, after a right PIN only, whose count that does not reset;
    AuthorityAway and what `check_secret` raises before it is looked at. The holder and the contact persons are told.
    """
    signer = _authority()
    issued = _install(user_number, pin, request.key, signer, by=by, at=at)
    if issued is None:
        return None
    content = b"".join(each.public_bytes(Encoding.PEM) for each in (issued.signed, *signer.chain))
    return Handed(issued.certificate, content)


def install_for_person(*, user_number: str, pin: str, passphrase: str, by: Actor, at: datetime) -> Handed | None:
    """A new key with its certificate, in a PKCS#12 file that the passphrase opens; None where the entry is refused.

    The key lives in this call and in the file alone. Raises as `install_with_request`.
    """
    signer, key = _authority(), ec.generate_private_key(ec.SECP256R1())
    issued = _install(user_number, pin, key.public_key(), signer, by=by, at=at)
    if issued is None:
        return None
    lock = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(PKCS12_ROUNDS)
        .key_cert_algorithm(PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(passphrase.encode())
    )
    name = issued.certificate.account.name.encode()
    return Handed(issued.certificate, serialize_key_and_certificates(name, key, issued.signed, signer.chain, lock))


def _authority() -> Authority:
    """Looked for before anybody's PIN is, so that its absence tells nothing."""
    try:
        return authority()
    except AuthorityUnusable:
        raise AuthorityAway from None


def _install(
    user_number: str, pin: str, key: PublicKey, signer: Authority, *, by: Actor, at: datetime
) -> _Issued | None:
    typed = Typed(Door.INSTALLING, user_number, pin)
    account = check_secret(typed, by=by, at=at)
    if account is None:
        return None
    parameters = {"door": typed.door.label}
    record("account:pin:accepted", by=by.known_as(account), at=at, account=account, parameters=parameters)
    with refusals_recorded("account:certificate_install:refused", by=by.known_as(account), at=at, account=account):
        if not complete_entry(account, typed.door, by=by, at=at):
            return None
        return _issue(account, key, signer, by=by.known_as(account), at=at)


def _issue(account: Account, key: PublicKey, signer: Authority, *, by: Actor, at: datetime) -> _Issued:
    """The account is locked."""
    ready = _right_to_install(account, at)
    if is_key_used_elsewhere(fingerprint_of_key(key), account=account):
        raise KeyUsedElsewhere
    holder = Holder(account.name, str(account.organisation or ""), account.public_id)
    signed = signer.issue(key, holder, valid_from=at, valid_until=at + VALIDITY)
    if ready:
        end_readiness(ready, end=ReadinessEnd.INSTALLED, at=at)
        _replace_earlier(account, by=by, at=at)
    certificate = keep(signed, account, at=at, authority=signer.name)
    parameters = {"valid_until": f"{certificate.valid_until:%d-%m-%Y}", "serial": certificate.serial}
    record("account:certificate:installed", by=by, at=at, account=account, parameters=parameters)
    tell_installed(certificate, by=by, at=at)
    announce_change([account.pk])
    return _Issued(certificate, signed)


def _right_to_install(account: Account, at: datetime) -> Readiness | None:
    """What stands ready; None where a certificate is renewed, or installed again after its end. Raises
    NothingToInstall."""
    ready, newest = readiness_of(account, at), newest_issued_to(account)
    standing = standings_of([newest], at)[0] if newest else None
    if not may_install(is_ready=ready is not None, newest=standing):
        raise NothingToInstall
    return ready


def _replace_earlier(account: Account, *, by: Actor, at: datetime) -> None:
    """What was made ready takes the place of what the account has; a renewal leaves the old one to its end, so that
    software can change over."""
    earlier = Certificate.objects.issued_here().installed().unexpired(at).filter(account=account)
    for certificate in earlier.select_for_update(of=("self",)).select_related("account"):
        revoke_locked(certificate, by=by, at=at, reason=RevocationReason.SUPERSEDED)
