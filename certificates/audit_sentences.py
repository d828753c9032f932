"""The Dutch sentences of this app's audit slugs."""

from accounts.audit_sentences import register, register_words
from certificates import refusals


def register_sentences() -> None:
    register(
        {
            "account:certificate:registered": "Certificaat geregistreerd, geldig tot {valid_until}.",
            "account:certificate:made_ready": "Certificaat klaargezet, te installeren tot {until}.",
            "account:certificate:installed": "Certificaat geïnstalleerd, geldig tot {valid_until}.",
            "account:certificate:not_installed": "Klaargezet certificaat verwijderd: niet op tijd geïnstalleerd.",
            "account:certificate:revoked": "Certificaat ingetrokken: {why}.",
            "account:certificate:vouched_for": "Certificaat getoond: het telt voortaan als tweede factor.",
            "account:uzi_card:linked": "UZI-pas gekoppeld, met UZI-nummer {number}.",
            "account:uzi_card:unlinked": "UZI-pas ontkoppeld.",
            "account:uzi_card_link:refused": "Koppelen van een UZI-pas geweigerd ({code}).",
            "account:certificate_install:refused": "Installeren van een certificaat geweigerd ({code}).",
            "account:certificate_ready:refused": "Klaarzetten van een certificaat geweigerd ({code}).",
            "account:certificate_revocation:refused": "Intrekken van een certificaat geweigerd ({code}).",
        }
    )
    register_words(
        "code",
        {
            refusals.NoCertificate.code: "geen certificaat",
            refusals.CertificateOdd.code: "een certificaat dat niet goed gemaakt is",
            refusals.CertificateExpired.code: "het certificaat was al verlopen",
            refusals.CertificateKnownAlready.code: "het certificaat was al geregistreerd",
            refusals.OfAnotherEnvironment.code: "een certificaat van een andere omgeving",
            refusals.NothingToInstall.code: "er stond geen certificaat klaar",
            refusals.KeyUsedElsewhere.code: "de sleutel was al in gebruik",
            refusals.AuthorityAway.code: "er konden geen certificaten worden uitgegeven",
            refusals.AlreadyReady.code: "er stond al een certificaat klaar",
            refusals.NoCertificateShown.code: "geen leesbaar certificaat",
            refusals.NotYourCertificate.code: "een certificaat dat niet van dit account is",
            refusals.ShownOfAnotherEnvironment.code: "een certificaat van een andere omgeving",
            refusals.NotIssuedHere.code: "een certificaat dat het portaal niet uitgaf",
            refusals.NotVouchedFor.code: "een nieuw certificaat, nog niet samen met een andere factor getoond",
            refusals.NotInForce.code: "een certificaat dat niet meer of nog niet werkt",
            refusals.CardUnnamed.code: "een UZI-pas die niet op naam staat",
            refusals.NotACard.code: "geen certificaat van een geldige UZI-pas",
            refusals.CardLinkedElsewhere.code: "de UZI-pas was al aan een ander account gekoppeld",
            refusals.OneCardEach.code: "er was al een UZI-pas gekoppeld",
            refusals.NoneInstalledYet.code: "er was nog nooit een certificaat geïnstalleerd",
            refusals.HeldBySupport.code: "Support heeft het account geblokkeerd",
            refusals.NotToMakeReady.code: "geen actief account van een organisatie",
            refusals.AlreadyRevoked.code: "het certificaat was al ingetrokken",
            refusals.RequestTooLarge.code: "de aanvraag was te groot",
            refusals.NoSigningRequest.code: "geen leesbare aanvraag",
            refusals.PrivateKeyInside.code: "een geheime sleutel in plaats van een aanvraag",
            refusals.CertificateInstead.code: "een certificaat in plaats van een aanvraag",
            refusals.WrongKey.code: "een sleutel die niet kan worden gebruikt",
            refusals.SignatureWrong.code: "een handtekening die niet klopt",
            refusals.WeakSignature.code: "een verouderde handtekening",
            refusals.WildcardAsked.code: "een naam met een sterretje",
            refusals.AsksTooMuch.code: "een aanvraag om te veel rechten",
        },
    )
