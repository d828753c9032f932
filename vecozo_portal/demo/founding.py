"""The demo's organisations, services and accounts as they stood before anything happened: all of them, or nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Account, Authorisation, Organisation, Service
from accounts.services import create_account, create_organisation, grant_mandate
from vecozo_portal.demo.beginnings import BEGINNING, BEGUN_AGO
from vecozo_portal.demo.cast import CAST, Firm, Person
from vecozo_portal.demo.catalogue import SERVICES

FOUNDED_AGO = timedelta(days=400)


@transaction.atomic
def found(*, at: datetime) -> int:
    """Give everybody who is missing a number, and no secret yet; how many were missing.

    Who is there already stays as they are, so a demo of an earlier version gets its newcomers.
    """
    missing = _missing()
    if missing:
        founded_at = at - FOUNDED_AGO
        services = [_service(code) for code in SERVICES]
        for person in missing:
            _account(person, services, at - BEGUN_AGO if person.state in BEGINNING else founded_at, founded_at)
    return len(missing)


def _missing() -> list[Person]:
    numbers = [person.user_number for person in CAST]
    found = set(Account.objects.filter(user_number__in=numbers).values_list("user_number", flat=True))
    return [person for person in CAST if person.user_number not in found]


def _organisation(firm: Firm, at: datetime) -> Organisation:
    return Organisation.objects.filter(agb_code=firm.agb_code).first() or create_organisation(
        agb_code=firm.agb_code,
        name=firm.name,
        email=f"info@{firm.domain}",
        phone="010 000 00 00",
        correspondence_address=f"{firm.name}\nVoorbeeldstraat 1\n1234 AB Voorbeeld",
        is_pgb_provider=firm.is_pgb_provider,
        by=PORTAL,
        at=at,
    )


def _service(code: str) -> Service:
    name, legal_basis = SERVICES[code]
    return Service.objects.get_or_create(code=code, defaults={"name": name, "legal_basis": legal_basis})[0]


def _before_it_is_removed(state: AccountState) -> AccountState:
    """Removing is a part of the story, so that somebody did it."""
    return AccountState.ACTIVE if state == AccountState.REMOVAL_PENDING else state


def _account(person: Person, services: list[Service], at: datetime, founded_at: datetime) -> None:
    account = create_account(
        organisation=_organisation(person.firm, founded_at) if person.firm else None,
        name=person.name,
        email=person.email,
        kind=person.kind,
        state=_before_it_is_removed(person.state),
        user_number=person.user_number,
        by=PORTAL,
        at=at,
    )
    if person.rank:
        grant_mandate(account, rank=person.rank, valid_from=at, by=PORTAL, at=at)
    granted = [service for service in services if service.code in person.services]
    Authorisation.objects.bulk_create(
        Authorisation(account=account, service=service, granted_at=at) for service in granted
    )
