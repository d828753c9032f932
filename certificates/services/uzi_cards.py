"""Linking a UZI card to one's own account, and unlinking it; and knowing a card again at a door."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.actors import PORTAL, Actor
from accounts.choices import FactorChange, Means
from accounts.models import Account
from accounts.services import record, refusals_recorded
from accounts.signals import factor_changed
from certificates.headers import Malformed, read_certificate
from certificates.models import UziCard
from certificates.queries import uzi_card_of
from certificates.refusals import (
    CardLinkedElsewhere,
    CardUnnamed,
    NoCertificateShown,
    NotACard,
    OneCardEach,
)
from certificates.uzi import Card, NoCard, read_card

logger = logging.getLogger(__name__)

REFUSED: Final = "account:uzi_card_link:refused"


def are_cards_known() -> bool:
    """Does this portal know any authority that issues cards?"""
    return settings.PORTAL_UZI_AUTHORITIES is not None


def link_card(account: Account, *, shown: str, by: Actor, at: datetime) -> UziCard:
    """Link the card whose certificate came with this request. Audited, told by mail.

    Raises NoCertificateShown, NotACard, CardUnnamed, OneCardEach or CardLinkedElsewhere; audited. Call it outside a
    transaction.
    """
    with refusals_recorded(REFUSED, by=by, at=at, account=account):
        card = _card_in(shown, at)
        if not card.names_a_person:
            raise CardUnnamed
        linked = _linked(account, card, at)
        record("account:uzi_card:linked", by=by, at=at, account=account, parameters={"number": card.uzi_number})
        _tell(account, FactorChange.ADDED, by=by, at=at)
    return linked


@transaction.atomic
def unlink_card(account: Account, *, by: Actor, at: datetime) -> bool:
    """From now on the card is worth nothing for this account; whether there was one. Audited, told by mail."""
    card = UziCard.objects.select_for_update().filter(account=account).first()
    if card is None:
        return False
    card.delete()
    record("account:uzi_card:unlinked", by=by, at=at, account=account, parameters={"number": card.uzi_number})
    _tell(account, FactorChange.REMOVED, by=by, at=at)
    return True


def forget_card(account: Account, *, at: datetime) -> None:
    """With what took away more: a removal, or Support's reset of every factor. That is told already."""
    forgotten, _ = UziCard.objects.filter(account=account).delete()
    if forgotten:
        record("account:uzi_card:unlinked", by=PORTAL, at=at, account=account)


def card_signed_by_authority(found: x509.Certificate, at: datetime) -> Card | None:
    """The card of this certificate, if one of the authorities that we know issued it and it is in force."""
    try:
        card = read_card(found)
    except NoCard:
        return None
    is_current = found.not_valid_before_utc <= at < found.not_valid_after_utc
    return card if is_current and any(_issued(found, above, at) for above in _authorities()) else None


def _card_in(shown: str, at: datetime) -> Card:
    try:
        found = read_certificate(shown, settings.PORTAL_CLIENT_CERT_FORMAT)
    except Malformed:
        raise NoCertificateShown from None
    card = card_signed_by_authority(found, at)
    if card is None:
        raise NotACard
    return card


def _linked(account: Account, card: Card, at: datetime) -> UziCard:
    if uzi_card_of(account):
        raise OneCardEach
    facts = {"card_type": card.card_type, "subscriber_number": card.subscriber_number, "linked_at": at}
    try:
        with transaction.atomic():
            return UziCard.objects.create(account=account, uzi_number=card.uzi_number, **facts)
    except IntegrityError:
        raise OneCardEach if uzi_card_of(account) else CardLinkedElsewhere from None


def _tell(account: Account, change: FactorChange, *, by: Actor, at: datetime) -> None:
    factor_changed.send(Account, account=account, change=change, means=Means.CERTIFICATE, left=0, by=by, at=at)


def _issued(found: x509.Certificate, above: x509.Certificate, at: datetime) -> bool:
    try:
        found.verify_directly_issued_by(above)
        is_authority = above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    return is_authority and above.not_valid_before_utc <= at < above.not_valid_after_utc


def _authorities() -> list[x509.Certificate]:
    """Read each time: a file of a few kB, and only after a right password."""
    path: Path | None = settings.PORTAL_UZI_AUTHORITIES
    if path is None:
        return []
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        logger.error("The file of PORTAL_UZI_AUTHORITIES cannot be read, so no UZI card is known.")  # noqa: TRY400
        return []
