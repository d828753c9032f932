"""The Dutch sentences of this app's audit slugs."""

from accounts.audit_sentences import register


def register_sentences() -> None:
    register(
        {
            "messagebox:delivery:retried": "Opgegeven e-mail opnieuw aangeboden ({template}).",
            "messagebox:delivery_retry:refused": "Opnieuw aanbieden van een e-mail geweigerd ({code}).",
        }
    )
