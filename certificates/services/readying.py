"""Making a certificate ready to be installed, once or again, and taking back what nobody installed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from accounts.actors import PORTAL, Actor
from accounts.choices import AccountState
from accounts.models import Account
from accounts.refusals import Refusal
from accounts.services import record, record_refusal
from certificates.choices import ReadinessEnd
from certificates.models import Readiness, ReadinessQuerySet
from certificates.policy import READY_FOR, may_prepare_again
from certificates.queries import newest_issued_to, readiness_of, standings_of
from certificates.refusals import AlreadyReady, HeldBySupport, NoneInstalledYet, NotToMakeReady
from certificates.services.notices import tell_made_ready, tell_not_installed

REFUSED: Final = "account:certificate_ready:refused"


def make_ready(account: Account, *, by: Actor, at: datetime) -> Readiness:
    """Let a certificate be installed for this account with its number and PIN, within 60 days. Audited; its contact
    persons are told.

    What was installed before stays valid until the new one is installed. Whether `by` may is the caller's question.
    Raises NotToMakeReady or AlreadyReady; both audited. Call it outside a transaction.
    """
    try:
        with transaction.atomic():
            return _make_ready(account, by=by, at=at)
    except IntegrityError:
        refusal: Refusal = AlreadyReady()
    except NotToMakeReady as refused:
        refusal = refused
    record_refusal(REFUSED, refusal, by=by, at=at, account=account)
    raise refusal


def prepare_reinstall(account: Account, *, by: Actor, at: datetime) -> Readiness:
    """As `make_ready`, by a contact person, for an account that had a certificate before. Audited alike.

    Raises NoneInstalledYet or HeldBySupport as well. Call it outside a transaction.
    """
    refusal = why_not_to_prepare(account, at=at)
    if refusal:
        record_refusal(REFUSED, refusal, by=by, at=at, account=account)
        raise refusal
    return make_ready(account, by=by, at=at)


def why_not_to_prepare(account: Account, *, at: datetime) -> Refusal | None:
    """What would refuse a contact person to make one ready again, for a page that asks first."""
    newest = newest_issued_to(account)
    standing = standings_of([newest], at)[0] if newest else None
    if not may_prepare_again(standing):
        return HeldBySupport() if standing else NoneInstalledYet()
    return AlreadyReady() if readiness_of(account, at) else None


def _make_ready(account: Account, *, by: Actor, at: datetime) -> Readiness:
    if account.organisation is None or account.state != AccountState.ACTIVE:
        raise NotToMakeReady
    _remove(Readiness.objects.overdue(at).filter(account=account), at=at)
    ready = Readiness.objects.create(account=account, made_ready_at=at, made_ready_by=by.account)
    until = f"{at + READY_FOR:%d-%m-%Y}"
    record("account:certificate:made_ready", by=by, at=at, account=account, parameters={"until": until})
    tell_made_ready(ready, by=by)
    return ready


@transaction.atomic
def remove_overdue(*, at: datetime) -> int:
    """Take back what was not installed in 60 days; how many there were. Audited, and told. Safe to do twice."""
    return _remove(Readiness.objects.overdue(at), at=at)


def _remove(overdue: ReadinessQuerySet, *, at: datetime) -> int:
    locked = list(overdue.select_for_update(of=("self",)).select_related("account__organisation"))
    for ready in locked:
        end_readiness(ready, end=ReadinessEnd.REMOVED, at=at)
        record("account:certificate:not_installed", by=PORTAL, at=at, account=ready.account)
        tell_not_installed(ready, at=at)
    return len(locked)


def end_readiness(ready: Readiness, *, end: ReadinessEnd, at: datetime) -> None:
    """In the caller's transaction, the row locked."""
    ready.ended_at, ready.end = at, end
    ready.save(update_fields=["ended_at", "end"])
