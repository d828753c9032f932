"""What is refused about certificates."""

from accounts.refusals import Refusal


class NoCertificate(Refusal):
    code = "no_certificate"
    status = 400
    sentence = "Dit bestand bevat geen certificaat in PEM-vorm."


class CertificateKnownAlready(Refusal):
    code = "certificate_known_already"
    status = 409
    sentence = "Dit certificaat is al geregistreerd."
