"""The Dutch sentences of this app's audit slugs."""

from accounts.audit_sentences import register, register_words
from blocking.verdicts import LiftCode


def register_sentences() -> None:
    register(
        {
            "account:password:failed": "Verkeerd wachtwoord ingevoerd bij {door}.",
            "account:password:refused": "Poging bij {door} geweigerd, het wachtwoord is niet gecontroleerd.",
            "account:password:voided": "Wachtwoord vervallen: te vaak fout ingevoerd.",
            "account:pin:failed": "Verkeerde pincode ingevoerd bij {door}.",
            "account:pin:refused": "Poging bij {door} geweigerd, de pincode is niet gecontroleerd.",
            "account:pin:accepted": "Goede pincode ingevoerd bij {door}.",
            "account:pin:voided": "Pincode vervallen: te vaak fout ingevoerd.",
            "account:block:opened": "Blokkade ontstaan: {reason}.",
            "account:block:lifted": "Blokkade opgeheven: {reason}. Reden: {why}.",
            "account:block_lift:refused": "Opheffen van een blokkade geweigerd ({code}).",
        }
    )
    register_words("code", WORDS)


WORDS: dict[str, str] = {
    LiftCode.OWN_ACCOUNT: "een blokkade van het eigen account",
    LiftCode.SYSTEM_ACCOUNT: "een systeemaccount heft alleen Support op",
    LiftCode.ONLY_SUPPORT_MAY_LIFT: "deze blokkade heft alleen Support op",
    LiftCode.LIFT_BUDGET_SPENT: "al vaker opgeheven in de afgelopen 24 uur",
    LiftCode.ALREADY_LIFTED: "de blokkade was al opgeheven",
    LiftCode.NOT_SUPPORT: "geen medewerker van Support",
    LiftCode.CALLER_REQUIRED: "niet gezegd op wiens verzoek",
    LiftCode.CALLER_NOT_ENTITLED: "niet op verzoek van de contactpersoon",
    LiftCode.ABSENCE_NOT_STATED: "niet verklaard dat de contactpersoon afwezig is",
    LiftCode.QUOTES_DO_NOT_MATCH: "AGB-code en gebruikersnummer horen niet bij dit account",
}
