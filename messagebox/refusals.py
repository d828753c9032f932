"""What the post refuses."""

from accounts.refusals import Refusal


class OnlySupportRetries(Refusal):
    code = "only_support_retries"
    sentence = "Dit kan alleen een medewerker van Support."


class NotGivenUp(Refusal):
    code = "not_given_up"
    status = 409
    sentence = "Deze e-mail is niet opgegeven: hij wacht nog, of is al verzonden."
