"""Revoking: for good, in force at the gate within a second, and on the list at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.actors import PORTAL, Actor
from accounts.models import Account
from accounts.services import announce_change, record, refusals_recorded
from certificates.choices import CertificateState, ReadinessEnd, RevocationReason
from certificates.models import Certificate, Readiness
from certificates.queries import removed_with_certificates
from certificates.refusals import AlreadyRevoked
from certificates.services.notices import tell_revoked
from certificates.services.readying import end_readiness


def revoke_certificate(
    certificate: Certificate, *, by: Actor, at: datetime, reason: RevocationReason, note: str = ""
) -> Certificate:
    """Revoke a certificate for good. Audited with the note; its contact persons and its holder are told.

    Whether `by` may is the caller's question. Raises AlreadyRevoked, audited; call it outside a transaction.
    """
    with refusals_recorded("account:certificate_revocation:refused", by=by, at=at, account=certificate.account):
        locked = _locked_to_revoke(certificate)
        revoke_locked(locked, by=by, at=at, reason=reason, note=note)
        tell_revoked(locked, by=by, at=at)
    return locked


def revoke_of_removed(account_ids: Collection[int] | None = None, *, at: datetime) -> int:
    """What removed accounts had is revoked, and nothing stands ready for them; how many certificates. Audited.

    Nobody is told: that the account was removed is what there is to tell. Without ids: of everybody. Safe to do twice.
    """
    return sum(_revoke_all_of(account, at=at) for account in removed_with_certificates(account_ids, at))


@transaction.atomic
def _revoke_all_of(account: Account, *, at: datetime) -> int:
    for ready in Readiness.objects.open().filter(account=account).select_for_update():
        end_readiness(ready, end=ReadinessEnd.WITHDRAWN, at=at)
    standing = Certificate.objects.installed().unexpired(at).filter(account=account)
    locked = list(standing.select_for_update(of=("self",)).select_related("account__organisation"))
    for certificate in locked:
        revoke_locked(certificate, by=PORTAL, at=at, reason=RevocationReason.PRIVILEGE_WITHDRAWN)
    return len(locked)


def revoke_locked(
    certificate: Certificate, *, by: Actor, at: datetime, reason: RevocationReason, note: str = ""
) -> None:
    """In the caller's transaction, the row locked and not revoked yet."""
    certificate.state, certificate.revoked_at = CertificateState.REVOKED, at
    certificate.revoked_by, certificate.revocation_reason = by.account, reason
    certificate.save(update_fields=["state", "revoked_at", "revoked_by", "revocation_reason"])
    parameters = {"serial": certificate.serial, "why": reason.label.lower(), "note": note}
    record("account:certificate:revoked", by=by, at=at, account=certificate.account, parameters=parameters)
    announce_change([certificate.account_id])


def _locked_to_revoke(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",), no_key=True).select_related("account__organisation")
    locked = rows.get(pk=certificate.pk)
    if locked.state == CertificateState.REVOKED:
        raise AlreadyRevoked
    return locked
