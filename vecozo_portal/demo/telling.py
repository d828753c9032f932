"""What `make demo-queries` says: how it goes, what the software got at the end, and who does what now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from django.conf import settings

from vecozo_portal.demo.asking import Answer, Asking
from vecozo_portal.demo.cast import LISTED, SANNE, Person
from vecozo_portal.demo.catalogue import SERVICES
from vecozo_portal.demo.values import password_of, totp_key_of

EVERY: Final = 10
SHOWN_HEADERS: Final = ("content-type", "cache-control", "retry-after", "ratelimit")


def beginning(asking: Asking, person: Person) -> str:
    name, _ = SERVICES[asking.service]
    return f"{person.name} ({person.user_number}) queries {name} at {asking.address}"


def progress(number: int, answer: Answer) -> str:
    """A line for the first query and for every tenth; nothing for the others."""
    if number != 1 and number % EVERY:
        return ""
    left = ", ".join(f"{left} left of this {window}" for window, left in answer.left.items())
    return f"  query {number:>4}  allowed{f', {left}' if left else ''}"


def not_refused(allowed: int) -> str:
    return f"All {allowed} queries were allowed, so the quota is not used up. --count sends more."


def refusal(number: int, answer: Answer) -> str:
    """The refusal as the software gets it, laid out for reading."""
    headers = [f"  {name}: {answer.headers[name]}" for name in SHOWN_HEADERS if name in answer.headers]
    body = json.dumps(answer.document, indent=2, ensure_ascii=False) if answer.document else answer.body
    return "\n".join(
        [
            f"  query {number:>4}  refused. The software gets:",
            "",
            f"  {answer.status.value} {answer.status.phrase}",
            *headers,
            "",
            *(f"  {line}" for line in body.splitlines()),
        ]
    )


def next_steps(answer: Answer, person: Person) -> str:
    """Who signs in where, for the reason that the refusal gives."""
    reason, lifted_by = answer.document.get("reason"), answer.document.get("lifted_by")
    if reason == "quota":
        steps = [*_reads_message(person), *_support_lifts(), "Run this again: within a second queries are allowed."]
    elif lifted_by == "contact_person":
        steps = [
            _as(contact, "/gebruikersbeheer/", "sees what is wrong, and can mend it") for contact in _contact(person)
        ]
    elif lifted_by == "support":
        steps = list(_support_lifts())
    else:
        steps = ["Nobody needs to lift anything here; the document says what is wrong."]
    return "\n".join(["What now:", *(f"  {number}. {step}" for number, step in enumerate(steps, start=1))])


def _reads_message(person: Person) -> Iterator[str]:
    for contact in _contact(person):
        yield _as(contact, "/berichtenbox/", "reads what happened, and asks Support to lift the block")


def _support_lifts() -> Iterator[str]:
    support = next(person for person in LISTED if person.name == SANNE)
    yield _as(support, "/beheer/", "finds the request among the cases, checks who asks, and grants it")


def _contact(person: Person) -> list[Person]:
    """Who may help; nobody where the organisation has no user administration, or where there is none."""
    if person.firm is None or person.firm.is_pgb_provider:
        return []
    return [other for other in LISTED if other.firm == person.firm and other.rank][:1]


def _as(person: Person, path: str, does: str) -> str:
    address = f"{settings.PORTAL_PUBLIC_URL}{path}"
    signs_in = f"user number {person.user_number}, password {password_of(person)}"
    if totp_key_of(person):
        signs_in += f", code at {settings.PORTAL_PUBLIC_URL}/demo/codes/"
    return f"{person.name} {does}:\n     {address} ({signs_in})"
