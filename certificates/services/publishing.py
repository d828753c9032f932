"""The revocation list and OCSP: what became of the certificates that the portal issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cryptography.x509 import ReasonFlags
from django.db import transaction

from certificates.authority import Authority, Revoked
from certificates.authority.interface import LIST_VALID_FOR, Question
from certificates.choices import CertificateState, RevocationReason
from certificates.models import Certificate, RevocationList
from certificates.queries import held_accounts, with_reason_to_list

REASONS: Final = {
    RevocationReason.KEY_COMPROMISE: ReasonFlags.key_compromise,
    RevocationReason.SUPERSEDED: ReasonFlags.superseded,
    RevocationReason.CESSATION: ReasonFlags.cessation_of_operation,
    RevocationReason.PRIVILEGE_WITHDRAWN: ReasonFlags.privilege_withdrawn,
}


@transaction.atomic
def publish(authority: Authority, *, at: datetime) -> RevocationList:
    """Sign the list anew and keep it; the number rises. Two at the same time wait for each other."""
    kept = _locked(authority, at)
    return _sign(kept, revoked_by(authority, at=at), authority, at=at)


def publish_if_changed(authority: Authority, *, at: datetime) -> bool:
    """Sign the list anew where it no longer says what is so; whether that was needed."""
    with transaction.atomic():
        kept = _locked(authority, at)
        entries = revoked_by(authority, at=at)
        if kept.number and kept.entries == _as_text(entries):
            return False
        _sign(kept, entries, authority, at=at)
        return True


def list_in_force(authority: Authority, *, at: datetime) -> RevocationList:
    """The list that was signed last. Where there is none, or nobody signed one for too long, one is signed now."""
    kept = RevocationList.objects.filter(authority=authority.name, next_at__gt=at).exclude(number=0).first()
    return kept or publish(authority, at=at)


def answer_question(question: Question, authority: Authority, *, is_our_issuer: bool, at: datetime) -> bytes:
    """The signed answer on one certificate, as it stands at this moment; unknown where it is none of ours."""
    found = None
    if is_our_issuer:
        issued = Certificate.objects.issued_by(authority.name).filter(serial=f"{question.serial:x}")
        found = issued.select_related("account").first()
    revoked = _revoked(found, held_accounts([found.account_id])) if found else None
    return authority.signed_answer(question, revoked, is_known=found is not None, at=at)


def revoked_by(authority: Authority, *, at: datetime) -> Sequence[Revoked]:
    """What belongs on the list: revoked or held, and not yet expired. In the order of their numbers."""
    certificates = list(with_reason_to_list(authority.name, at=at))
    held = held_accounts({each.account_id for each in certificates})
    entries = (_revoked(each, held) for each in certificates)
    return sorted((entry for entry in entries if entry), key=lambda entry: entry.serial)


def _revoked(certificate: Certificate, held: dict[int, datetime]) -> Revoked | None:
    if certificate.state == CertificateState.REVOKED and certificate.revoked_at:
        reason = REASONS[RevocationReason(certificate.revocation_reason)]
        return Revoked(certificate.serial_number, certificate.revoked_at, reason)
    since = held.get(certificate.account_id)
    return Revoked(certificate.serial_number, since, ReasonFlags.certificate_hold) if since else None


def _locked(authority: Authority, at: datetime) -> RevocationList:
    """Number 0 is a list that was never signed: made here, so that there is something to lock."""
    RevocationList.objects.get_or_create(
        authority=authority.name,
        defaults={"number": 0, "content": b"", "entries": "", "signed_at": at, "next_at": at},
    )
    return RevocationList.objects.select_for_update().get(authority=authority.name)


def _sign(kept: RevocationList, entries: Sequence[Revoked], authority: Authority, *, at: datetime) -> RevocationList:
    kept.number += 1
    kept.content = authority.revocation_list(entries, number=kept.number, at=at)
    kept.entries, kept.signed_at, kept.next_at = _as_text(entries), at, at + LIST_VALID_FOR
    kept.save()
    return kept


def _as_text(entries: Sequence[Revoked]) -> str:
    return "\n".join(f"{entry.serial:x} {entry.reason.value}" for entry in entries)
