"""What the post refuses."""

from accounts.refusals import Refusal


class OnlySupportRetries(Refusal):
    code = "only_support_retries"
    sentence = "Dit kan alleen een medewerker van Support."


class NotGivenUp(Refusal):
    code = "not_given_up"
    status = 409
    sentence = "Deze e-mail is niet opgegeven: hij wacht nog, of is al verzonden."


class NoSecretHere(Refusal):
    code = "no_secret_here"
    status = 404
    sentence = "Bij dit bericht hoort geen pincode."


class SecretGone(Refusal):
    """Shown to somebody before, too old, or replaced: which of them, the message says."""

    code = "secret_gone"
    status = 409
    sentence = "Deze pincode is er niet meer. In het bericht staat waarom, en wat u kunt doen."


class SecretUnreadable(Refusal):
    """Sealed with a key that this deployment no longer has: a mistake of ours, which the log tells loudly."""

    code = "secret_unreadable"
    status = 409
    sentence = "Wij kunnen deze pincode niet meer tonen. Geef in Gebruikersbeheer een nieuwe pincode uit."
