"""The Dutch sentences of this app's audit slugs."""

from accounts.audit_sentences import register, register_words
from messagebox.refusals import NotGivenUp, OnlySupportRetries


def register_sentences() -> None:
    register(
        {
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
        },
    )
