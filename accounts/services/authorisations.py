"""Which services a user may query: given and withdrawn by who says so, within what fits in a legal basis."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from accounts.actors import Actor
from accounts.choices import AccountState
from accounts.models import Account, Service
from accounts.queries import services_of
from accounts.refusals import NotPersonal, NotToAuthorise, NotYourOrganisation
from accounts.services.audit import refusals_recorded
from accounts.services.locking import locked_with_organisation
from accounts.services.system_access import authorise_for, withdraw_authorisation


def change_authorisations(account: Account, *, services: Collection[Service], by: Actor, at: datetime) -> None:
    """From now on a user may query exactly these. Each change audited; known at the gate at once.

    Raises NotPersonal for software, NotToAuthorise for who is removed, or LegalBasisFull; audited. Whether `by` may act
    for the organisation is the caller's question; nobody else's account is changed. Call it outside a transaction.
    """
    with refusals_recorded("account:authorisations:refused", by=by, at=at, account=account):
        locked = locked_with_organisation(account)
        if by.on_behalf_of is None or by.on_behalf_of.pk != locked.organisation_id:
            raise NotYourOrganisation
        _insist_on_a_user(locked)
        _change(locked, services, by=by, at=at)


def _insist_on_a_user(account: Account) -> None:
    if account.is_system:
        raise NotPersonal
    if account.state in {AccountState.REMOVAL_PENDING, AccountState.REMOVED}:
        raise NotToAuthorise


def _change(account: Account, services: Collection[Service], *, by: Actor, at: datetime) -> None:
    wanted, held = set(services), set(services_of(account))
    for service in _by_name(held - wanted):
        withdraw_authorisation(account, service=service, by=by, at=at)
    authorise_for(account, _by_name(wanted - held), by=by, at=at)


def _by_name(services: Collection[Service]) -> list[Service]:
    return sorted(services, key=lambda service: service.name)
