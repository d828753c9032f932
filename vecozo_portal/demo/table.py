"""The demo people for who reads: under their organisation, with what is to be known of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from vecozo_portal.demo.cast import FIRMS, Firm, Person
from vecozo_portal.demo.people import role_of
from vecozo_portal.demo.permission import listed_people
from vecozo_portal.demo.values import password_of, pin_of

COLUMNS: Final = ("Who", "Account", "User number", "Password", "PIN")
_ROLES: Final = {"contact_person": "contact person", "support": "Support", "system": "software"}


def welcome_table() -> str:
    """In each organisation the first who lifts, who is free, and who is blocked for each reason. Raises NoDemoHere."""
    plain = [person for person in listed_people() if role_of(person) != "system" and not person.open_reasons[1:]]
    first = {(person.firm, role_of(person), *person.open_reasons): person for person in reversed(plain)}
    return _table([person for person in plain if person in first.values()])


def whole_table() -> str:
    """Everybody who is listed. Raises NoDemoHere."""
    return _table(listed_people())


def _table(people: Sequence[Person]) -> str:
    rows = {person: _row(person) for person in sorted(people, key=_organisation)}
    widths = [max(map(len, column)) for column in zip(COLUMNS, *rows.values(), strict=True)]
    lines = [_line(COLUMNS, widths)]
    for firm, members in groupby(rows, key=lambda person: person.firm):
        lines += [_heading(firm), *(_line(rows[person], widths) for person in members)]
    return "\n".join(lines)


def _organisation(person: Person) -> int:
    """In the order of the demo's organisations, Support last."""
    return FIRMS.index(person.firm) if person.firm else len(FIRMS)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"  {'  '.join(padded)}".rstrip()


def _heading(firm: Firm | None) -> str:
    if firm is None:
        return "Support: works at /beheer/"
    return f"{firm.name}: PGB provider, no Gebruikersbeheer, Support lifts all" if firm.is_pgb_provider else firm.name


def _row(person: Person) -> tuple[str, ...]:
    blocked = ", ".join(reason.value for reason in person.open_reasons)
    account = f"blocked: {blocked}" if blocked else _ROLES.get(role_of(person), "user")
    return person.name, account, person.user_number, password_of(person) or "-", pin_of(person) or "-"
