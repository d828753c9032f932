"""Where a certificate stands, in a sentence with its dates, and what one does about it."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.utils.formats import date_format
from django.utils.timezone import localtime

from certificates.choices import Standing
from certificates.models import Certificate
from certificates.policy import INSTALLED_AGAIN_AFTER_END, RENEWABLE_BEFORE_END


def standing_in_words(certificate: Certificate, standing: Standing, *, is_newest: bool) -> str:
    """`is_newest`: the portal issued it, and none after it; only then there is something to renew here."""
    until = _day(certificate.valid_until)
    match standing:
        case Standing.REVOKED:
            return _revoked(certificate)
        case Standing.HELD:
            return f"Werkt niet zolang Support het account blokkeert. Daarna werkt het weer, tot {until}."
        case Standing.NOT_YET:
            return f"Werkt vanaf {_day(certificate.valid_from)}."
        case Standing.INSTALLED | Standing.RENEWABLE:
            return f"Werkt tot {until}. {_renewing(certificate, standing, is_newest=is_newest)}"
    return f"Werkt niet meer sinds {until}. {_returning(certificate, standing, is_newest=is_newest)}".strip()


def holder_in_words(certificate: Certificate) -> str:
    """The name in the certificate; what else stands there is for programs."""
    try:
        names = x509.Name.from_rfc4514_string(certificate.subject).get_attributes_for_oid(NameOID.COMMON_NAME)
    except ValueError:
        return certificate.subject
    return str(names[0].value) if names else certificate.subject


def _renewing(certificate: Certificate, standing: Standing, *, is_newest: bool) -> str:
    if not certificate.authority:
        return "Een ander gaf het uit: verleng het daar."
    if not is_newest:
        return "Er is een nieuwer certificaat: stap over voor die dag."
    if standing == Standing.RENEWABLE:
        return "Verleng het voor die dag."
    return f"Verlengen kan vanaf {_day(certificate.valid_until - RENEWABLE_BEFORE_END)}."


def _returning(certificate: Certificate, standing: Standing, *, is_newest: bool) -> str:
    if not is_newest:
        return ""
    if standing == Standing.EXPIRED:
        return f"Opnieuw installeren kan tot {_day(certificate.valid_until + INSTALLED_AGAIN_AFTER_END)}."
    return "Er moet een nieuw certificaat worden klaargezet."


def _revoked(certificate: Certificate) -> str:
    why = certificate.get_revocation_reason_display()
    when = f" op {_day(certificate.revoked_at)}" if certificate.revoked_at else ""
    return f"Ingetrokken{when}{f': {why.lower()}' if why else ''}. Het werkt nooit meer."


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
