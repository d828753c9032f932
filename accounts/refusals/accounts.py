"""What accounts may not have: addresses, authorisations, another e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.policy.catalogue import USERS_AT_MOST
from accounts.refusals.base import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.choices import LegalBasis


class NoNetwork(Refusal):
    code = "no_network"
    status = 400
    sentence = "Dit is geen adres. Vul een IPv4- of IPv6-adres in, of een reeks zoals 192.0.2.0/24."


class NetworkTooWide(Refusal):
    code = "network_too_wide"
    status = 400
    sentence = "Deze reeks is te groot. Een reeks is hoogstens /16 (IPv4) of /32 (IPv6)."


class HoldsIPv4(Refusal):
    code = "holds_ipv4"
    status = 400
    sentence = "In deze IPv6-reeks zitten alle IPv4-adressen. Vul het IPv4-adres of de IPv4-reeks zelf in."


class NobodyCallsFromThere(Refusal):
    code = "nobody_calls_from_there"
    status = 400
    sentence = (
        "Van dit adres kan geen software bevragen. Vul het adres in waarmee uw software op internet zichtbaar is."
    )


class AddressRegisteredAlready(Refusal):
    code = "address_registered_already"
    status = 409
    sentence = "Dit adres staat al geregistreerd."


class NotPersonal(Refusal):
    code = "not_a_personal_account"
    sentence = "De autorisaties van een systeemaccount wijzigt Support, als u daarom vraagt."


class NotToAuthorise(Refusal):
    code = "not_to_authorise"
    status = 409
    sentence = "Dit account wordt verwijderd of is dat al. Autorisaties wijzigen kan niet meer."


class LegalBasisFull(Refusal):
    """`bases` are the legal bases in which no user fits any more."""

    code = "legal_basis_full"
    status = 409

    def __init__(self, bases: Sequence[LegalBasis]) -> None:
        self.bases = tuple(bases)
        super().__init__(" ".join(self.sentence_of(basis) for basis in self.bases))

    @staticmethod
    def sentence_of(basis: LegalBasis) -> str:
        return (
            f"Er hebben al {USERS_AT_MOST[basis]} gebruikers een autorisatie voor de {basis.label}. Meer kan niet. "
            "Trek er eerst een in bij een andere gebruiker."
        )


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
    """Used already: the address is the account's."""

    code = "email_change_over"
    status = 409
    leads_to = ("my-account", "Naar Mijn account")
    sentence = "U hebt dit e-mailadres al bevestigd. Op Mijn account ziet u welk e-mailadres nu geldt."


class EmailChangeExpired(EmailChangeOver):
    """Not confirmed in time, withdrawn, or replaced by a newer one."""

    code = "email_change_expired"
    status = 410
    sentence = (
        "Deze link werkt niet meer: hij is ouder dan een dag, ingetrokken, of vervangen door een nieuwere. Uw "
        "e-mailadres is niet gewijzigd. Op Mijn account ziet u welk e-mailadres nu geldt."
    )
