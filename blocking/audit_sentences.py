"""The Dutch sentences of this app's audit slugs."""

from accounts.audit_sentences import register, register_words
from blocking.verdicts import SENTENCES, LiftCode


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
            "account:quota:set": "Quotum van {service} gezet: {limit} {window} ({kind}).",
            "account:quota:changed": "Quotum van {service} gewijzigd: {limit} {window} ({kind}), eerder {before}.",
            "account:quota:dropped": "Quotum van {service} vervallen: {limit} {window} ({kind}).",
            "account:block_lift:refused": "Opheffen van een blokkade geweigerd ({code}).",
        }
    )
    register_words("code", WORDS)


def _within_a_sentence(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:].removesuffix(".")


# What was told to who was refused, where that reads well in a history; else words of its own.
WORDS: dict[str, str] = {
    **{
        code: _within_a_sentence(SENTENCES[code])
        for code in (
            LiftCode.SYSTEM_ACCOUNT,
            LiftCode.ONLY_SUPPORT_MAY_LIFT,
            LiftCode.CALLER_NOT_ENTITLED,
            LiftCode.QUOTES_DO_NOT_MATCH,
        )
    },
    LiftCode.OWN_ACCOUNT: "een blokkade van het eigen account",
    LiftCode.LIFT_BUDGET_SPENT: "al vaker opgeheven in de afgelopen 24 uur",
    LiftCode.ALREADY_LIFTED: "de blokkade was al opgeheven",
    LiftCode.NOT_SUPPORT: "geen medewerker van Support",
    LiftCode.CALLER_REQUIRED: "niet gezegd op wiens verzoek",
    LiftCode.ABSENCE_NOT_STATED: "niet verklaard dat de contactpersoon afwezig is",
}
