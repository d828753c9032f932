"""Who is told what about certificates: the contact persons in the message box, the holder by e-mail."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import PORTAL, Actor
from accounts.choices import AccountKind
from accounts.models import Account
from accounts.services import Parameters
from certificates.models import Certificate, Readiness
from certificates.policy import READY_FOR
from messagebox.services import post_message, queue_mail


def tell_made_ready(ready: Readiness, *, by: Actor) -> None:
    parameters: Parameters = {
        "until_at": (ready.made_ready_at + READY_FOR).isoformat(),
        "is_system": ready.account.is_system,
    }
    _post(ready.account, "certificate_ready", parameters, by=by, at=ready.made_ready_at)


def tell_not_installed(ready: Readiness, *, at: datetime) -> None:
    _post(ready.account, "certificate_not_installed", {"days": READY_FOR.days}, by=PORTAL, at=at)


def tell_installed(certificate: Certificate, *, by: Actor, at: datetime) -> None:
    """Also whoever did it, so that somebody else's doing is noticed."""
    parameters = _facts(certificate) | {"installed_at": at.isoformat()}
    _post(certificate.account, "certificate_installed", parameters, by=by, at=at)
    _mail(certificate.account, "certificate_installed", parameters, at)


def tell_revoked(certificate: Certificate, *, by: Actor, at: datetime) -> None:
    why = certificate.get_revocation_reason_display().lower()
    parameters = _facts(certificate) | {"revoked_at": at.isoformat(), "why": why}
    _post(certificate.account, "certificate_revoked", parameters, by=by, at=at)
    _mail(certificate.account, "certificate_revoked", parameters, at)


def tell_end_is_near(certificate: Certificate, *, days: int, at: datetime) -> None:
    _post(certificate.account, "certificate_ends", _facts(certificate) | {"days": days}, by=PORTAL, at=at)


def _facts(certificate: Certificate) -> dict[str, str | int | bool | None]:
    return {
        "valid_until_at": certificate.valid_until.isoformat(),
        "is_system": certificate.account.kind == AccountKind.SYSTEM,
    }


def _post(account: Account, name: str, parameters: Parameters, *, by: Actor, at: datetime) -> None:
    if account.organisation:
        kind = f"certificates:{name}"
        post_message(account.organisation, kind=kind, parameters=parameters, about=account, by=by, at=at)


def _mail(account: Account, template: str, parameters: Parameters, at: datetime) -> None:
    if account.email:
        queue_mail(template, to=account, parameters=parameters, at=at)
