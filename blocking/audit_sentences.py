"""The Dutch sentences of this app's audit slugs."""

from accounts.audit_sentences import register


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
