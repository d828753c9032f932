"""Asking for a personal account, and deciding on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from accounts.actors import Actor
from accounts.models import Account, Organisation, Service
from accounts.services import (
    authorise_for,
    create_account,
    end_unused_account,
    locked_account,
    record,
    refusals_recorded,
)
from blocking.choices import RequestDecision
from blocking.life_refusals import NotForThisOrganisation, request_refusal_of
from blocking.models import AccountRequest
from blocking.policy.requests import may_decide, may_request
from blocking.queries.lifting import lifter_of
from blocking.services import hashing
from blocking.services.life.issuing import issue
from blocking.services.life.telling import tell_request_rejected, tell_support_of_request


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose account, with which services; `once` belongs to the page that was pressed."""

    name: str
    email: str
    services: Collection[Service] = ()
    once: UUID = field(default_factory=uuid4)


def request_account(organisation: Organisation, wanted: Wanted, *, by: Actor, at: datetime) -> Account:
    """A new personal account: issued at once, or waiting for Support where PORTAL_REQUESTS_NEED_APPROVAL.

    Pressing twice asks once. Audited. Raises NotForThisOrganisation or LegalBasisFull, audited, or Overloaded. Call it
    outside a transaction.
    """
    recorded = refusals_recorded("account:account_request:refused", by=by, at=at, account=None)
    with hashing.hashing_place(), recorded:
        refusal = request_refusal_of(may_request(lifter_of(by, at), organisation_id=organisation.pk))
        if refusal:
            raise refusal
        earlier = AccountRequest.objects.filter(once=wanted.once).select_related("account").first()
        return _earlier(earlier, organisation) if earlier else _create(organisation, wanted, by=by, at=at)


def _earlier(request: AccountRequest, organisation: Organisation) -> Account:
    if request.account.organisation_id != organisation.pk:
        raise NotForThisOrganisation
    return request.account


def _create(organisation: Organisation, wanted: Wanted, *, by: Actor, at: datetime) -> Account:
    account = create_account(organisation=organisation, name=wanted.name, email=wanted.email, by=by, at=at)
    authorise_for(account, wanted.services, by=by, at=at)
    request = AccountRequest.objects.create(account=account, once=wanted.once, asked_by=by.account, asked_at=at)
    record("account:account:requested", by=by, at=at, account=account)
    asked_by_support = by.account is not None and by.account.is_staff
    if settings.PORTAL_REQUESTS_NEED_APPROVAL and not asked_by_support:
        tell_support_of_request(request, at=at)
    else:
        _approve(request, organisation, by=by, at=at)
    return account


def approve_request(request: AccountRequest, *, by: Actor, at: datetime) -> AccountRequest:
    """Support lets the account be issued. Audited.

    Raises a RequestRefused named for the ground, audited, or Overloaded. Call it outside a transaction.
    """
    recorded = refusals_recorded("account:request_decision:refused", by=by, at=at, account=request.account)
    with hashing.hashing_place(), recorded:
        locked = _undecided(request, by=by, at=at)
        if locked.account.organisation is None:
            raise NotForThisOrganisation
        _approve(locked, locked.account.organisation, by=by, at=at)
        record("account:request:approved", by=by, at=at, account=locked.account)
    return locked


def reject_request(request: AccountRequest, *, reason: str, by: Actor, at: datetime) -> AccountRequest:
    """Support does not want this account: it is removed before it began, and the contact persons read why.

    Audited; raises as `approve_request`. Call it outside a transaction.
    """
    with refusals_recorded("account:request_decision:refused", by=by, at=at, account=request.account):
        locked = _undecided(request, by=by, at=at, rejecting=True, reason=reason.strip())
        locked.reason = reason.strip()
        _decide(locked, RequestDecision.REJECTED, by=by, at=at)
        parameters = {"note": locked.reason}
        end_unused_account(locked.account, slug="account:request:rejected", by=by, at=at, parameters=parameters)
        tell_request_rejected(locked, by=by, at=at)
    return locked


def _undecided(
    request: AccountRequest, *, by: Actor, at: datetime, rejecting: bool = False, reason: str = ""
) -> AccountRequest:
    """Locked, with its account."""
    locked = AccountRequest.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=request.pk)
    locked.account = locked_account(request.account_id)
    verdict = may_decide(
        lifter_of(by, at),
        is_decided=locked.decided_at is not None,
        state=locked.account.state,
        is_rejected=rejecting,
        reason=reason,
    )
    refusal = request_refusal_of(verdict)
    if refusal:
        raise refusal
    return locked


def _approve(request: AccountRequest, organisation: Organisation, *, by: Actor, at: datetime) -> None:
    _decide(request, RequestDecision.APPROVED, by=by, at=at)
    issue(request.account, organisation, to=request.asked_by, by=by, at=at)


def _decide(request: AccountRequest, decision: RequestDecision, *, by: Actor, at: datetime) -> None:
    """`decided_by` only where it was somebody of Support."""
    request.decision, request.decided_at = decision, at
    request.decided_by = by.account if by.account and by.account.is_staff else None
    request.save(update_fields=["decision", "decided_at", "decided_by", "reason"])
