"""Second factors that are not accepted, not taken away or not reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.refusals.base import Refusal

if TYPE_CHECKING:
    from datetime import timedelta


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


class PasskeyNotMade(PasskeyRefused):
    """Of one that is added: there is no other way to choose."""

    code = "passkey_not_made"
    sentence = "De passkey is niet gemaakt: het antwoord van de browser klopt niet. Druk nog eens op de knop."


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
