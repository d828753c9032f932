"""Reading certificates."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.choices import AccountState
from accounts.models import Account
from blocking.choices import BlockReason
from blocking.models import Block
from certificates.choices import CertificateState, Standing
from certificates.models import Certificate, CertificateQuerySet, Readiness, UziCard
from certificates.policy import RENEWABLE_BEFORE_END, is_ready_at, standing_of


def certificates_of(account: Account) -> QuerySet[Certificate]:
    """Newest first, revoked ones too."""
    return Certificate.objects.filter(account=account)


def certificate_of(account: Account, public_id: UUID) -> Certificate | None:
    """A certificate of this account, or None: somebody else's looks like none."""
    return certificates_of(account).filter(public_id=public_id).select_related("account__organisation").first()


def holder_of_certificate(public_id: UUID) -> Account | None:
    """Whose certificate this is: to write down on whom something was refused, never to show."""
    return Account.objects.filter(certificates__public_id=public_id).first()


def certificates_in_force(account: Account, at: datetime) -> CertificateQuerySet:
    return Certificate.objects.installed().unexpired(at).filter(account=account)


def uzi_card_of(account: Account) -> UziCard | None:
    return UziCard.objects.filter(account=account).first()


def holder_of(fingerprint: str) -> Account | None:
    """Whose certificate this is, whatever its state: it never moves to another account."""
    found = Certificate.objects.filter(fingerprint=fingerprint).select_related("account").first()
    return found.account if found else None


def newest_issued_to(account: Account) -> Certificate | None:
    """The certificate that the portal issued to this account last."""
    return Certificate.objects.issued_here().filter(account=account).order_by("-registered_at", "-id").first()


def readiness_of(account: Account, at: datetime) -> Readiness | None:
    """What stands ready for this account at this moment."""
    ready = Readiness.objects.open().filter(account=account).first()
    return ready if ready and is_ready_at(ready.made_ready_at, at=at) else None


def standings_of(certificates: Iterable[Certificate], at: datetime) -> list[Standing]:
    """Where each of these certificates stands, in one statement for all."""
    each_one = list(certificates)
    held = held_accounts({each.account_id for each in each_one})
    return [standing_of(each.dates, at=at, is_held=each.account_id in held) for each in each_one]


def certificate_at_support(pk: int) -> Certificate | None:
    return Certificate.objects.select_related("account__organisation").filter(pk=pk).first()


def ending_soon(at: datetime) -> CertificateQuerySet:
    """In the time in which they are renewed."""
    return ending_within(RENEWABLE_BEFORE_END.days, at)


def ending_within(days: int, at: datetime) -> CertificateQuerySet:
    """In force, of an account that is there, and not replaced by one that lasts longer."""
    newer = Certificate.objects.installed().filter(account=OuterRef("account"), valid_until__gt=OuterRef("valid_until"))
    soon = Certificate.objects.installed().unexpired(at).filter(valid_until__lte=at + timedelta(days=days))
    of_somebody = soon.exclude(account__state=AccountState.REMOVED)
    return of_somebody.filter(~Exists(newer)).select_related("account__organisation")


def held_accounts(account_ids: Collection[int]) -> dict[int, datetime]:
    """Which of these accounts Support blocks now, and since when: their certificates are held."""
    blocks = Block.objects.open().filter(account__in=account_ids, reason=BlockReason.SUPPORT)
    return dict(blocks.order_by().values_list("account_id", "opened_at"))


def with_reason_to_list(authority: str, *, at: datetime) -> QuerySet[Certificate]:
    """Of what this authority issued and has not expired: revoked, or of an account that Support blocks."""
    blocked = Block.objects.open().filter(reason=BlockReason.SUPPORT).order_by().values("account")
    issued = Certificate.objects.issued_by(authority).unexpired(at).order_by("pk")
    return issued.filter(Q(state=CertificateState.REVOKED) | Q(account__in=blocked))


def has_issued_certificate(account_ids: Collection[int], at: datetime) -> bool:
    """Does any of these accounts have one that could stand on a list?"""
    return Certificate.objects.issued_here().unexpired(at).filter(account__in=account_ids).exists()


def removed_with_certificates(account_ids: Collection[int] | None, at: datetime) -> QuerySet[Account]:
    """Removed accounts, among these or all, that still have a certificate in force or one that stands ready."""
    in_force = Certificate.objects.installed().unexpired(at).order_by().values("account")
    ready = Readiness.objects.open().order_by().values("account")
    removed = Account.objects.filter(state=AccountState.REMOVED)
    if account_ids is not None:
        removed = removed.filter(pk__in=account_ids)
    return removed.filter(Q(pk__in=in_force) | Q(pk__in=ready)).order_by("pk")


def is_key_used_elsewhere(key_fingerprint: str, *, account: Account) -> bool:
    """Is this the key of another account's certificate, or of one that was revoked?"""
    known = Certificate.objects.filter(key_fingerprint=key_fingerprint)
    return known.filter(~Q(account=account) | Q(state=CertificateState.REVOKED)).exists()
