"""Is the certificate that somebody shows at a door the account's own, and good at this moment?

The proxy has seen that whoever shows it holds its key. Everything else is looked at here, whatever the proxy thought
of it: whose it is, who signed it, and whether it is in force.
"""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account
from accounts.queries import factors_of
from accounts.refusals import FactorRefused
from accounts.services import record
from certificates.authority import AuthorityUnusable, authority
from certificates.environments import is_of_another
from certificates.headers import Malformed, read_certificate
from certificates.models import Certificate
from certificates.policy import IN_FORCE
from certificates.queries import certificates_of, standings_of, uzi_card_of
from certificates.refusals import (
    CardUnnamed,
    NoCertificateShown,
    NotInForce,
    NotIssuedHere,
    NotVouchedFor,
    NotYourCertificate,
    ShownOfAnotherEnvironment,
)
from certificates.services.uzi_cards import are_cards_known, card_signed_by_authority


def insist_on_own_certificate(account: Account, shown: str, at: datetime) -> None:
    """`shown`: as a named proxy wrote it. A UZI card that is linked to the account is its own as well.

    Raises NoCertificateShown, NotYourCertificate, ShownOfAnotherEnvironment, NotInForce, NotIssuedHere, CardUnnamed or
    NotVouchedFor; of a stranger's certificate nothing is told but that it is not this account's.
    """
    found = _read(shown)
    known = _known(account, found)
    if known is None and _is_linked_card(account, found, at):
        return
    if known is None:
        raise _not_known(found)
    _insist_on_force(known, found, at)
    if not _is_signed_here(found):
        raise NotIssuedHere
    if known.vouched_at is None and _has_another_factor(account):
        raise NotVouchedFor


def is_asked_for(account: Account, at: datetime) -> bool:
    shown_before = certificates_of(account).filter(vouched_at__isnull=False)
    return _has_card(account) or any(standing in IN_FORCE for standing in standings_of(shown_before, at))


def _has_card(account: Account) -> bool:
    return are_cards_known() and uzi_card_of(account) is not None


def vouch_for_certificate(account: Account, shown: str, *, by: Actor, at: datetime) -> None:
    """Number and PIN are enough to install one, and to set a password: without this the PIN would be both factors.

    Audited. Nothing happens where it is not the account's own, or was vouched for before.
    """
    try:
        known = _known(account, _read(shown))
    except NoCertificateShown:
        return
    with transaction.atomic():
        if known and Certificate.objects.filter(pk=known.pk, vouched_at=None).update(vouched_at=at):
            parameters = {"serial": known.serial}
            record(
                "account:certificate:vouched_for",
                by=by.known_as(account),
                at=at,
                account=account,
                parameters=parameters,
            )


def ask_no_certificate(account: Account) -> None:
    """None of the account's is a factor any more, until it is shown again. In the caller's transaction."""
    certificates_of(account).update(vouched_at=None)


def _read(shown: str) -> x509.Certificate:
    try:
        return read_certificate(shown, settings.PORTAL_CLIENT_CERT_FORMAT)
    except Malformed:
        raise NoCertificateShown from None


def _known(account: Account, found: x509.Certificate) -> Certificate | None:
    try:
        fingerprint = found.fingerprint(SHA256()).hex()
    except ValueError:
        raise NoCertificateShown from None
    return certificates_of(account).filter(fingerprint=fingerprint).first()


def _has_another_factor(account: Account) -> bool:
    return factors_of(account).is_any or _has_card(account)


def _is_linked_card(account: Account, found: x509.Certificate, at: datetime) -> bool:
    """The account's UZI card? By its number, which stays when the card is renewed. Raises CardUnnamed."""
    card = card_signed_by_authority(found, at)
    if card and not card.names_a_person:
        raise CardUnnamed
    linked = uzi_card_of(account)
    return card is not None and linked is not None and linked.uzi_number == card.uzi_number


def _not_known(found: x509.Certificate) -> FactorRefused:
    elsewhere = is_of_another(found, here=settings.PORTAL_ENVIRONMENT)
    return ShownOfAnotherEnvironment(elsewhere) if elsewhere else NotYourCertificate()


def _insist_on_force(known: Certificate, found: x509.Certificate, at: datetime) -> None:
    """By what is stored, and by what the certificate itself says."""
    standing = standings_of([known], at)[0]
    if standing not in IN_FORCE:
        raise NotInForce(standing)
    if not found.not_valid_before_utc <= at < found.not_valid_after_utc:
        raise NotIssuedHere


def _is_signed_here(found: x509.Certificate) -> bool:
    """By the authority that the portal has now."""
    try:
        found.verify_directly_issued_by(authority().chain[0])
    except (AuthorityUnusable, InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True
