"""Who one can be in the demo, with the values as created: for people and for programs that try the portal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypedDict

from accounts.choices import AccountKind
from vecozo_portal.demo.cast import LISTED, Person
from vecozo_portal.demo.permission import NoDemoHere, anybody_is_loaded, see_that_demo_is_allowed
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
    """The people who can act, most useful first. Raises NoDemoHere where they are not."""
    see_that_demo_is_allowed()
    if not anybody_is_loaded():
        raise NoDemoHere("No demo is loaded in this database; `make run` or `manage.py load_demo` loads it.")
    return [_facts(person) for person in LISTED]


def _facts(person: Person) -> DemoPerson:
    firm = person.firm
    return DemoPerson(
        role=_role(person),
        organisation=firm.name if firm else None,
        agb_code=firm.agb_code if firm else None,
        user_number=person.user_number,
        password=password_of(person),
        pin=pin_of(person),
        # Second factors come with the strong doors, the gate's token with the gate.
        totp_secret=None,
        token=None,
        services=list(person.services),
        blocked=[reason.value for reason in person.open_reasons],
        gateway_token=None,
    )


def _role(person: Person) -> str:
    if person.kind == AccountKind.SYSTEM:
        return "system"
    if person.firm is None:
        return "support"
    return "contact_person" if person.rank else "user"


_COLUMNS: Final = ("Name", "Role", "Organisation", "User number", "Password", "PIN", "Blocked")


def as_table(people: Sequence[DemoPerson]) -> str:
    """For who reads: with their names, which programs do without."""
    names = {person.user_number: person.name for person in LISTED}
    rows = [_COLUMNS, *((names[person["user_number"]], *_cells(person)) for person in people)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _cells(person: DemoPerson) -> tuple[str, ...]:
    return (
        person["role"].replace("_", " "),
        person["organisation"] or "-",
        person["user_number"],
        person["password"] or "-",
        person["pin"] or "-",
        ", ".join(person["blocked"]) or "-",
    )
