"""Who one can be in the demo, with the values as created: for people and for programs that try the portal."""

from __future__ import annotations

from typing import TypedDict

from django.conf import settings

from accounts.choices import AccountKind
from vecozo_portal.demo.cast import Person
from vecozo_portal.demo.codes import code_now, secret_in_text
from vecozo_portal.demo.permission import listed_people
from vecozo_portal.demo.values import password_of, pin_of


class DemoPerson(TypedDict):
    """The keys are a contract. The rule that a number and its PIN never travel together has one exception: this."""

    role: str
    organisation: str | None
    agb_code: str | None
    user_number: str
    password: str | None
    pin: str | None
    totp_secret: str | None
    token: str | None
    services: list[str]
    blocked: list[str]
    gateway_token: str | None


def demo_people() -> list[DemoPerson]:
    """The same, for programs. Raises NoDemoHere."""
    return [_facts(person) for person in listed_people()]


def _facts(person: Person) -> DemoPerson:
    firm = person.firm
    return DemoPerson(
        role=role_of(person),
        organisation=firm.name if firm else None,
        agb_code=firm.agb_code if firm else None,
        user_number=person.user_number,
        password=password_of(person),
        pin=pin_of(person),
        totp_secret=secret_in_text(person),
        token=code_now(person),
        services=list(person.services),
        blocked=[reason.value for reason in person.open_reasons],
        gateway_token=gateway_token() if role_of(person) == "system" else None,
    )


def gateway_token() -> str | None:
    """With what the demo's gateway asks the gate; None where no gateway may."""
    return next(iter(settings.PORTAL_GATEWAY_TOKENS), None)


def role_of(person: Person) -> str:
    if person.kind == AccountKind.SYSTEM:
        return "system"
    if person.firm is None:
        return "support"
    return "contact_person" if person.rank else "user"
