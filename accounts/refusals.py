"""Refusals: named for what is refused, with a stable code, a status and a Dutch sentence."""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """An act that the rules do not allow. Recorded by the service that raises it."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 403
    sentence: str = "Dit mag niet."
    # Seconds after which it makes sense to try again; None where waiting does not help.
    retry_after: int | None = None

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


class NoNetwork(Refusal):
    code = "no_network"
    status = 400
    sentence = "Dit is geen adres. Vul een IPv4- of IPv6-adres in, of een reeks zoals 192.0.2.0/24."


class NetworkTooWide(Refusal):
    code = "network_too_wide"
    status = 400
    sentence = "Deze reeks is te groot. Een reeks is hoogstens /16 (IPv4) of /32 (IPv6)."


class AddressRegisteredAlready(Refusal):
    code = "address_registered_already"
    status = 409
    sentence = "Dit adres staat al geregistreerd."


class ServiceCodeTaken(Refusal):
    code = "service_code_taken"
    status = 409
    sentence = "Er is al een dienst met deze code. Kies een andere code."


class NotASystemAccount(Refusal):
    code = "not_a_system_account"
    status = 400
    sentence = "Adressen worden alleen geregistreerd voor een systeemaccount."


class TooManyEmailChanges(Refusal):
    code = "too_many_email_changes"
    status = 429
    sentence = "U hebt vandaag al vijf keer een ander e-mailadres opgegeven. Probeer het morgen opnieuw."


class EmailChangeOver(Refusal):
    code = "email_change_over"
    status = 409
    sentence = (
        "Deze link werkt niet meer: hij is al gebruikt, ouder dan een dag, of vervangen door een nieuwere. "
        "Op Mijn account ziet u welk e-mailadres nu geldt."
    )
