"""Half signed in, and no further."""

from __future__ import annotations

from accounts.refusals.base import Refusal


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


class CertificateMissing(SignInRefused):
    code = "certificate_missing"
    sentence = (
        "U logt in met een UZI-pas of een certificaat, en uw browser toont die nu niet. Doe de pas in de lezer of kies "
        "uw certificaat, en log opnieuw in. Hebt u het niet meer? Bel Support."
    )
