"""The Dutch sentences of this app's audit slugs."""

from accounts.audit_sentences import register, register_words
from messagebox.choices import SecretEnd
from messagebox.refusals import NoSecretHere, NotGivenUp, OnlySupportRetries, SecretGone, SecretUnreadable


def register_sentences() -> None:
    register(
        {
            "account:pin:revealed": "Nieuwe pincode bekeken in de Berichtenbox.",
            "account:pin:erased": "Nieuwe pincode gewist uit de Berichtenbox ({end}).",
            "account:pin_reveal:refused": "Bekijken van een pincode geweigerd ({code}).",
            "messagebox:delivery:retried": "Opgegeven e-mail opnieuw aangeboden ({template}).",
            "messagebox:message:told": "Bericht zonder lezer door Support doorgegeven.",
            "messagebox:delivery_retry:refused": "Opnieuw aanbieden van een e-mail geweigerd ({code}).",
        }
    )
    register_words(
        "code",
        {
            OnlySupportRetries.code: "geen medewerker van Support",
            NotGivenUp.code: "de e-mail was niet opgegeven",
            NoSecretHere.code: "bij het bericht hoort geen pincode",
            SecretGone.code: "de pincode is er niet meer",
            SecretUnreadable.code: "de verzegelde pincode is niet te openen",
        },
    )
    register_words("end", {end.value: end.label.lower() for end in SecretEnd})
