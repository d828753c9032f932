"""What is refused about certificates."""

from typing import Final

from accounts.refusals import FactorRefused, Refusal
from certificates.choices import Standing


class NoCertificate(Refusal):
    code = "no_certificate"
    status = 400
    sentence = "Dit bestand bevat geen certificaat in PEM-vorm."


class CertificateOdd(Refusal):
    """It can be read, and breaks the rules for certificates all the same."""

    code = "certificate_odd"
    status = 400
    sentence = "Dit certificaat is niet goed gemaakt: de namen of het serienummer kloppen niet."


class CertificateExpired(Refusal):
    code = "certificate_expired"
    status = 409
    sentence = "Dit certificaat is al verlopen."


class CertificateKnownAlready(Refusal):
    code = "certificate_known_already"
    status = 409
    sentence = "Dit certificaat is al geregistreerd."


class OfAnotherEnvironment(Refusal):
    """Made with the environment's Dutch name."""

    code = "of_another_environment"
    status = 403

    def __init__(self, environment: str = "") -> None:
        other = f"de omgeving {environment}" if environment else "een andere omgeving"
        super().__init__(
            f"Dit certificaat is van {other} en werkt hier niet. Gebruik het certificaat van deze omgeving."
        )


class NothingToInstall(Refusal):
    """Only ever said after a right PIN."""

    code = "nothing_to_install"
    status = 409
    sentence = (
        "Er staat voor dit account geen certificaat klaar. Vraag uw contactpersoon of Support om dat te doen. "
        "Verlengen kan in de laatste 30 dagen, en tot 20 dagen na het einde."
    )


class KeyUsedElsewhere(Refusal):
    """Only ever said after a right PIN."""

    code = "key_used_elsewhere"
    status = 409
    sentence = (
        "Deze sleutel hoort bij een ander account of bij een ingetrokken certificaat. "
        "Maak een nieuwe sleutel met een nieuwe aanvraag."
    )


class AuthorityAway(Refusal):
    code = "authority_away"
    status = 503
    sentence = "Er kunnen op dit moment geen certificaten worden uitgegeven. Probeer het later opnieuw."


class AlreadyReady(Refusal):
    code = "already_ready"
    status = 409
    sentence = "Er staat voor dit account al een certificaat klaar."


class NotToMakeReady(Refusal):
    code = "not_to_make_ready"
    status = 409
    sentence = "Een certificaat wordt alleen klaargezet voor een actief account van een organisatie."


class NoneInstalledYet(Refusal):
    code = "none_installed_yet"
    status = 409
    sentence = "Dit account heeft nog nooit een certificaat gehad. Het eerste certificaat zet Support klaar."


class HeldBySupport(Refusal):
    code = "held_by_support"
    sentence = "Support heeft dit account geblokkeerd. Zolang dat duurt, zet alleen Support een certificaat klaar."


class AlreadyRevoked(Refusal):
    code = "already_revoked"
    status = 409
    sentence = "Dit certificaat is al ingetrokken."


class NoCertificateShown(FactorRefused):
    code = "no_certificate_shown"
    sentence = "Uw browser toont geen certificaat dat wij kunnen lezen. Kies een andere manier."


class NotYourCertificate(FactorRefused):
    """Somebody else's, or nobody's: both look the same."""

    code = "not_your_certificate"
    sentence = "Dit certificaat is niet herkend. Sluit uw browser om een ander te kiezen, of kies een andere manier."


class ShownOfAnotherEnvironment(FactorRefused):
    """Made with the environment's Dutch name."""

    code = "shown_of_another_environment"

    def __init__(self, environment: str = "") -> None:
        super().__init__(
            f"Dit certificaat is van de omgeving {environment or 'elders'} en werkt hier niet. "
            "Gebruik het certificaat van deze omgeving, of kies een andere manier."
        )


class NotIssuedHere(FactorRefused):
    """The account's own, for software: only what the portal signed lets a person in."""

    code = "not_issued_here"
    sentence = (
        "Met dit certificaat kunt u niet inloggen: dit portaal heeft het niet uitgegeven. Kies een andere manier."
    )


class NotVouchedFor(FactorRefused):
    """The account has an app or a card too, and this certificate was never shown together with one."""

    code = "not_vouched_for"
    sentence = "U gebruikt dit certificaat voor het eerst. Kies nu een andere manier. Daarna is het certificaat genoeg."


class NotInForce(FactorRefused):
    """Made with where the certificate stands."""

    code = "not_in_force"

    def __init__(self, standing: Standing = Standing.REVOKED) -> None:
        super().__init__(f"Uw certificaat werkt niet: het is {_WHY_NOT[standing]}. Kies een andere manier.")


_WHY_NOT: Final = {
    Standing.NOT_YET: "nog niet geldig",
    Standing.EXPIRED: "verlopen",
    Standing.LAPSED: "verlopen",
    Standing.HELD: "opgeschort zolang Support uw account blokkeert",
    Standing.REVOKED: "ingetrokken",
}


class CardUnnamed(FactorRefused):
    code = "card_unnamed"
    sentence = (
        "Deze UZI-pas staat niet op naam. Inloggen kan alleen met een zorgverlenerspas of een medewerkerspas op naam."
    )


class NotACard(FactorRefused):
    code = "not_a_card"
    sentence = "Uw browser toont geen certificaat van een geldige UZI-pas. Steek uw pas in de lezer en begin opnieuw."


class CardLinkedElsewhere(FactorRefused):
    code = "card_linked_elsewhere"
    sentence = "Deze UZI-pas is al aan een ander account gekoppeld. Ontkoppel de pas eerst daar."


class OneCardEach(FactorRefused):
    code = "one_card_each"
    sentence = "Er is al een UZI-pas aan uw account gekoppeld. Ontkoppel die eerst."


class RequestRefused(Refusal):
    """A signing request that is not signed, whoever brings it. Says nothing about any account."""

    status = 400


class RequestTooLarge(RequestRefused):
    code = "request_too_large"
    sentence = "De aanvraag is te groot. Een aanvraag is hoogstens 16 kB. Kies het bestand van de aanvraag zelf."


class NoSigningRequest(RequestRefused):
    code = "no_signing_request"
    sentence = (
        "Dit is geen leesbare aanvraag. Kies het bestand met de aanvraag (PKCS#10, in PEM of DER), "
        "of plak de tekst van «BEGIN CERTIFICATE REQUEST» tot en met «END CERTIFICATE REQUEST»."
    )


class PrivateKeyInside(RequestRefused):
    code = "private_key_inside"
    sentence = (
        "Dit bestand bevat een geheime sleutel. Die hebben wij niet bewaard, maar stuur haar nooit mee: "
        "maak een nieuwe sleutel en stuur alleen de aanvraag."
    )


class CertificateInstead(RequestRefused):
    code = "certificate_instead"
    sentence = "Dit is een certificaat, geen aanvraag. Kies het bestand met de aanvraag (PKCS#10)."


class WrongKey(RequestRefused):
    code = "wrong_key"
    sentence = (
        "De sleutel in de aanvraag kan niet worden gebruikt. "
        "Gebruik RSA van 2048 tot en met 4096 bits, of een elliptische kromme P-256 of P-384."
    )


class SignatureWrong(RequestRefused):
    code = "signature_wrong"
    sentence = "De handtekening onder de aanvraag klopt niet. Maak de aanvraag opnieuw, met de sleutel die erbij hoort."


class WeakSignature(RequestRefused):
    code = "weak_signature"
    sentence = "De aanvraag is ondertekend op een verouderde manier. Maak de aanvraag opnieuw met SHA-256."


class WildcardAsked(RequestRefused):
    code = "wildcard_asked"
    sentence = "In de aanvraag staat een naam met een sterretje (*). Dat kan niet. Maak de aanvraag zonder die naam."


class AsksTooMuch(RequestRefused):
    code = "asks_too_much"
    sentence = (
        "De aanvraag vraagt om rechten die een certificaat van dit portaal niet heeft. "
        "Maak de aanvraag zonder extra eigenschappen, of alleen voor gebruik als client."
    )
