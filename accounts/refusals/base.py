"""What a refusal is, and those that any act may meet."""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """An act that the rules do not allow. Recorded by the service that raises it."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 403
    sentence: str = "Dit mag niet."
    # Seconds after which it makes sense to try again; None where waiting does not help.
    retry_after: int | None = None
    # The name of the page to go on from, and what its button says; None for the start.
    leads_to: ClassVar[tuple[str, str] | None] = None

    def __init__(self, sentence: str | None = None, *, retry_after: int | None = None) -> None:
        self.sentence = sentence or type(self).sentence
        self.retry_after = retry_after or type(self).retry_after
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
    retry_after = 60
    sentence = "Het is op dit moment erg druk. Probeer het over een minuut opnieuw."


class NoReasonGiven(Refusal):
    code = "no_reason_given"
    status = 400
    sentence = "Schrijf op waarom."
