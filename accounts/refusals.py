"""Refusals: named for what is refused, with a stable code, a status and a Dutch sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from accounts.choices import LegalBasis
from accounts.policy.catalogue import USERS_AT_MOST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from accounts.choices import LegalBasis


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


class SignInRefused(Refusal):
    """Half signed in, and no further: one begins again, with the password."""

    code = "sign_in_refused"


class TookTooLong(SignInRefused):
    code = "took_too_long"
    sentence = "Het inloggen duurde te lang. Log opnieuw in."


class ChangedMeanwhile(SignInRefused):
    code = "changed_meanwhile"
    sentence = "Uw account is intussen gewijzigd. Log opnieuw in."


class BlockedMeanwhile(SignInRefused):
    code = "blocked_meanwhile"
    sentence = "Uw account is intussen geblokkeerd. Bij «Hulp bij blokkades» leest u wat u kunt doen."


class FactorGone(SignInRefused):
    code = "factor_gone"
    sentence = "Uw tweede factor is intussen verwijderd. Log opnieuw in."


class CertificateGone(SignInRefused):
    code = "certificate_gone"
    sentence = "Uw browser toont geen certificaat meer, en een andere tweede factor hebt u niet. Log opnieuw in."


class FactorRefused(Refusal):
    """A second factor that is not accepted. The page comes back with the sentence, so its status is 200."""

    code = "factor_refused"
    status = 200


class MalformedCode(FactorRefused):
    """It cannot be a code, so it is not looked at and counts nowhere."""

    code = "malformed_code"
    sentence = "Een code heeft 6 cijfers."


class RecoveryCodeInstead(MalformedCode):
    """With letters, so of another kind than the app's: the way to the field for that is named."""

    code = "recovery_code_instead"
    sentence = "Een code uit uw app heeft 6 cijfers. Hebt u een herstelcode? Kies «Ik gebruik een herstelcode»."


class MalformedRecoveryCode(FactorRefused):
    code = "malformed_recovery_code"
    sentence = "Een herstelcode heeft 24 letters en cijfers, in groepjes van vier."


class WrongCode(FactorRefused):
    code = "wrong_code"
    sentence = "Deze code klopt niet. Kijk in uw app welke code er nu staat, en of de tijd op uw telefoon goed staat."


class WrongRecoveryCode(FactorRefused):
    code = "wrong_recovery_code"
    sentence = "Deze herstelcode klopt niet, of u hebt hem al gebruikt."


class CodeUsed(FactorRefused):
    code = "code_used"
    sentence = "Deze code is al gebruikt. Wacht tot uw app een nieuwe code toont. Dat duurt hoogstens een halve minuut."


class NoSuchFactor(FactorRefused):
    code = "no_such_factor"
    sentence = "Deze manier hebt u niet (meer). Kies een andere manier."


class PasskeyRefused(FactorRefused):
    code = "passkey_refused"
    sentence = "Deze passkey is niet herkend. Probeer het nog eens, of kies een andere manier."


class PasskeyKnown(FactorRefused):
    code = "passkey_known"
    sentence = "Deze passkey is al gekoppeld."


class PasskeysEnough(FactorRefused):
    code = "passkeys_enough"
    sentence = "U hebt al tien passkeys. Verwijder er eerst een."


class FactorUnreadable(FactorRefused):
    """Sealed with a key that this deployment no longer has: a mistake of ours, which the log tells loudly."""

    code = "factor_unreadable"
    sentence = "Wij kunnen deze manier nu niet controleren. Kies een andere manier, of bel of mail Support."


class FactorThrottled(FactorRefused):
    """A wrong code came shortly before; this one was not looked at."""

    code = "factor_throttled"
    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, -int(-wait.total_seconds() // 1))
        super().__init__(
            f"Er is net een verkeerde code ingevuld. Wacht {duration(self.seconds)} en probeer het opnieuw.",
            retry_after=self.seconds,
        )


class LastFactor(Refusal):
    code = "last_factor"
    sentence = (
        "Contactpersonen en medewerkers van Support hebben altijd een tweede factor. U kunt uw laatste daarom niet "
        "verwijderen, alleen vervangen."
    )


class OnlySupportResets(Refusal):
    code = "only_support_resets"
    sentence = "Dit kan alleen een medewerker van Support."


class NotYourOwnFactor(Refusal):
    code = "not_your_own_factor"
    sentence = "Uw eigen tweede factor neemt een collega van Support weg."


class NoReasonGiven(Refusal):
    code = "no_reason_given"
    status = 400
    sentence = "Schrijf op waarom."


class NothingToReset(Refusal):
    code = "nothing_to_reset"
    status = 409
    sentence = "Dit account heeft geen tweede factor."


def duration(seconds: int) -> str:
    """«4 seconden», «3 minuten», «2 uur»: rounded up."""
    for size, one, many in ((86400, "dag", "dagen"), (3600, "uur", "uur"), (60, "minuut", "minuten")):
        if seconds >= size:
            count = -(-seconds // size)
            return f"{count} {one if count == 1 else many}"
    return f"{seconds} {'seconde' if seconds == 1 else 'seconden'}"
