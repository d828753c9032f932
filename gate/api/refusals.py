"""What the rules say to software that may not query: why, and who takes it away."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from http import HTTPStatus
from typing import Final

from gate.api.problems import Problem
from gate.policy import LiftedBy, Reason

_SAID: Final[dict[Reason, tuple[str, str]]] = {
    Reason.CERTIFICATE: (
        "Certificaat onbekend of niet geldig",
        "Dit clientcertificaat hoort bij geen account, is nog niet of niet meer geldig, of is ingetrokken.",
    ),
    Reason.ADDRESS: (
        "Adres niet geregistreerd",
        "Dit systeemaccount mag niet vanaf dit adres bevragen. De contactpersoon van de organisatie regelt dat.",
    ),
    Reason.INACTIVE: ("Account niet actief", "Er is geen actief account met dit gebruikersnummer."),
    Reason.UNAUTHORISED: (
        "Niet geautoriseerd voor deze dienst",
        "Dit account heeft geen autorisatie voor deze dienst. De contactpersoon van de organisatie regelt dat.",
    ),
    Reason.PASSWORD: (
        "Wachtwoord geblokkeerd",
        "Dit account is geblokkeerd: er is te vaak een verkeerd wachtwoord ingevuld.",
    ),
    Reason.PIN: (
        "Pincode geblokkeerd",
        "Dit account is geblokkeerd: er is te vaak een verkeerde pincode ingevuld.",
    ),
    Reason.SUPPORT: ("Geblokkeerd door Support", "Support heeft dit account geblokkeerd."),
    Reason.QUOTA: (
        "Quotum overschreden",
        "Met dit account zijn meer bevragingen van deze dienst gedaan dan het quotum toestaat. Wachten helpt niet.",
    ),
}
_WHO_LIFTS: Final = {
    LiftedBy.CONTACT_PERSON: "De contactpersoon van de organisatie heft de blokkade op in Gebruikersbeheer.",
    LiftedBy.SUPPORT: "Alleen Support heft de blokkade op.",
}
_HOW: Final = {
    Reason.QUOTA: "De contactpersoon van de organisatie leest in de Berichtenbox wat er moet gebeuren.",
}
_BLOCKS: Final = frozenset({Reason.PASSWORD, Reason.PIN, Reason.SUPPORT, Reason.QUOTA})


@cache
def refused(reason: Reason, lifted_by: LiftedBy) -> Problem:
    """A refusal by the rules. A sticky quota block says nothing of trying again: waiting does not help."""
    title, detail = _SAID[reason]
    lifted = _WHO_LIFTS.get(lifted_by, "") if reason in _BLOCKS else ""
    told = " ".join(sentence for sentence in (detail, lifted, _HOW.get(reason, "")) if sentence)
    status = HTTPStatus.TOO_MANY_REQUESTS if reason == Reason.QUOTA else HTTPStatus.FORBIDDEN
    return Problem(status, reason.value, title, told, extra=(("reason", reason.value), ("lifted_by", lifted_by.value)))


@cache
def refused_of_another(environment: str) -> Problem:
    """A certificate that was issued in another environment, in so many words."""
    detail = (
        f"Dit clientcertificaat is van de omgeving {environment} en werkt hier niet. "
        "Gebruik het certificaat dat voor deze omgeving is uitgegeven."
    )
    return replace(refused(Reason.CERTIFICATE, LiftedBy.NOBODY), detail=detail)


@cache
def refused_by_store(said: bytes, lifter: bytes) -> Problem:
    """In the words of decide.lua: the query that crosses a quota hears what every later one hears."""
    reason = Reason.QUOTA if said == b"crossed" else Reason(said.decode())
    return refused(reason, LiftedBy(lifter.decode()))
