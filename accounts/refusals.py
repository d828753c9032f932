"""Refusals: named for what is refused, with a stable code, a status and a Dutch sentence."""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """An act that the rules do not allow. Recorded by the service that raises it."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 403
    sentence: str = "Dit mag niet."

    def __init__(self, sentence: str | None = None) -> None:
        self.sentence = sentence or type(self).sentence
        super().__init__(self.sentence)


class NotYourOrganisation(Refusal):
    """Somebody else's object, or none at all: both look the same from outside."""

    code = "not_your_organisation"
    status = 404
    sentence = "Deze pagina bestaat niet, of u mag haar niet zien."


class NoLiveMandate(Refusal):
    code = "no_live_mandate"
    sentence = "Dit kan alleen de contactpersoon van uw organisatie. U bent op dit moment geen contactpersoon."


class NoUserAdministration(Refusal):
    code = "pgb_provider"
    sentence = "Uw organisatie is een PGB-aanbieder en heeft geen Gebruikersbeheer. Support regelt dit voor u."


class Overloaded(Refusal):
    """More secrets are being checked at this moment than the machine is allowed to."""

    code = "overloaded"
    status = 503
    sentence = "Het is op dit moment erg druk. Probeer het over een minuut opnieuw."
