"""The Dutch sentences of this app's audit slugs."""

from accounts.audit_sentences import register, register_words
from certificates.refusals import CertificateKnownAlready, NoCertificate


def register_sentences() -> None:
    register({"account:certificate:registered": "Certificaat geregistreerd, geldig tot {valid_until}."})
    register_words(
        "code",
        {
            NoCertificate.code: "geen certificaat",
            CertificateKnownAlready.code: "het certificaat was al geregistreerd",
        },
    )
