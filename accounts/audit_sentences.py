"""Slug → Dutch sentence. An audit row stores slug and parameters; the sentence is made on reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from accounts.choices import IdentityCheck, MandateRank, Means

if TYPE_CHECKING:
    from accounts.models import AuditEvent

_SENTENCES: dict[str, str] = {}
# Of events whose sentence depends on what they hold.
_WORDINGS: dict[str, Callable[[Mapping[str, object]], str]] = {}
_WORDS: defaultdict[str, dict[str, str]] = defaultdict(dict)


def register(sentences: Mapping[str, str]) -> None:
    """Add an app's slugs. Parameters are named in braces: `{reason}`."""
    _SENTENCES.update(sentences)


def register_wording(slug: str, wording: Callable[[Mapping[str, object]], str]) -> None:
    """Let the sentence of a slug depend on its parameters; the answer names them in braces, as ever."""
    _WORDINGS[slug] = wording


def register_words(parameter: str, words: Mapping[str, str]) -> None:
    """Add what people read instead of the codes that this parameter holds, such as the `code` of a refusal."""
    _WORDS[parameter].update(words)


def known_slugs() -> frozenset[str]:
    return frozenset(_SENTENCES)


def headline_of(slug: str) -> str:
    """What every event of this kind has in common, for a choice between kinds."""
    sentence = _SENTENCES.get(slug, slug).format_map(defaultdict(lambda: "…"))
    return sentence.replace(" (…)", "").replace("….", "…").rstrip(".")


def sentence_of(event: AuditEvent) -> str:
    """The sentence of an event; its slug where no sentence is known."""
    wording = _WORDINGS.get(event.slug)
    template = wording(event.parameters) if wording else _SENTENCES.get(event.slug, event.slug)
    told = {name: in_words(name, value) for name, value in event.parameters.items()}
    return template.format_map(defaultdict(str, told))


def in_words(parameter: str, value: object) -> object:
    """What people read for a code in this parameter; the value itself where there are no words for it."""
    return _WORDS.get(parameter, {}).get(value, value) if isinstance(value, str) else value


register(
    {
        "account:organisation:created": "Organisatie aangemaakt: {organisation}.",
        "account:account:created": "Account aangemaakt.",
        "account:account:issued": "Account uitgegeven: het kan worden geactiveerd.",
        "account:account:activated": "Account geactiveerd.",
        "account:sign_in:succeeded": "Ingelogd.",
        "account:session:ended": "Ergens anders uitgelogd.",
        "account:sessions:ended": "Overal uitgelogd.",
        "account:sign_out:succeeded": "Uitgelogd.",
        "account:password:changed": "Wachtwoord gewijzigd.",
        "account:email_change:requested": "Gevraagd om een ander e-mailadres.",
        "account:email_change:withdrawn": "Het verzoek om een ander e-mailadres ingetrokken.",
        "account:email_change:refused": "Wijzigen van het e-mailadres geweigerd ({code}).",
        "account:email:changed": "E-mailadres gewijzigd.",
        "account:password:accepted": "Goed wachtwoord ingevoerd bij inloggen, nog zonder tweede factor.",
        "account:sign_in:refused": "Inloggen halverwege geweigerd ({code}).",
        "account:factor:accepted": "Tweede factor getoond bij {door}: {means}.",
        "account:factor:failed": "Verkeerde tweede factor bij {door}: {means} ({code}).",
        "account:factor:refused": "Tweede factor bij {door} niet bekeken: {means} ({code}).",
        "account:factor:guessed": "Gebruiker gewaarschuwd: {count} verkeerde codes bij de tweede factor in een dag.",
        "account:certificate:ignored": "Bij inloggen een certificaat genegeerd: het kwam niet van een bekende proxy.",
        "account:factor:added": "Tweede factor toegevoegd: {means}.",
        "account:factor:replaced": "Tweede factor vervangen: {means}.",
        "account:factor:removed": "Tweede factor verwijderd: {means}.",
        "account:factor_removal:refused": "Verwijderen van een tweede factor geweigerd ({code}).",
        "account:recovery_code:used": "Herstelcode gebruikt, nog {left} over.",
        "account:recovery_codes:issued": "Nieuwe herstelcodes gemaakt.",
        "account:factors:reset": "Tweede factor weggenomen door Support. Controle: {check}.",
        "account:factors_reset:refused": "Wegnemen van een tweede factor geweigerd ({code}).",
        "account:data:exported": "Eigen gegevens gedownload.",
        "account:pin:issued": "Nieuwe pincode uitgegeven.",
        "account:removal:asked": "Verwijderen van het account begonnen.",
        "account:removal:undone": "Verwijderen ongedaan gemaakt.",
        "account:removal:refused": "Verwijderen van het account geweigerd ({code}).",
        "account:removal_undo:refused": "Ongedaan maken van verwijderen geweigerd ({code}).",
        "account:account:removed": "Account definitief verwijderd.",
        "account:mandate:ended": "Geen contactpersoon meer: {rank}.",
        "account:mandate:granted": "Contactpersoon geworden: {rank}.",
        "account:address:registered": "Adres geregistreerd: {network}.",
        "account:address:removed": "Adres verwijderd: {network}.",
        "account:authorisation:granted": "Autorisatie gegeven voor de dienst {service}.",
        "account:authorisations:refused": "Wijzigen van autorisaties geweigerd ({code}).",
        "account:authorisation:withdrawn": "Autorisatie ingetrokken voor de dienst {service}.",
        "account:service:added": "Dienst {service} toegevoegd, met code {service_code}.",
        "account:service:renamed": "Dienst {service_code} heet nu {service}, eerder {before}.",
        "account:page:refused": "Toegang tot een pagina geweigerd ({code}).",
    }
)
register_words("rank", {rank.value: rank.label.lower() for rank in MandateRank})
register_words("means", {means.value: means.label.lower() for means in Means})
register_words("check", {check.value: check.label.lower() for check in IdentityCheck})
register_words(
    "code",
    {
        "sign_in_refused": "begin opnieuw",
        "took_too_long": "het duurde te lang",
        "changed_meanwhile": "het account is intussen gewijzigd",
        "blocked_meanwhile": "het account is intussen geblokkeerd",
        "factor_gone": "de tweede factor is intussen verwijderd",
        "certificate_missing": "de UZI-pas of het certificaat werd niet getoond",
        "certificate_gone": "de browser toonde geen certificaat meer",
        "factor_refused": "niet aanvaard",
        "malformed_code": "geen code",
        "recovery_code_instead": "geen code van een app",
        "malformed_recovery_code": "geen herstelcode",
        "wrong_code": "de code klopt niet",
        "wrong_recovery_code": "de herstelcode klopt niet of is gebruikt",
        "code_used": "de code was al gebruikt",
        "no_such_factor": "die manier heeft het account niet",
        "passkey_refused": "de passkey is niet herkend",
        "passkey_not_made": "de passkey is niet gemaakt",
        "passkey_known": "de passkey was al gekoppeld",
        "passkeys_enough": "al tien passkeys",
        "factor_unreadable": "de verzegelde sleutel is niet te openen",
        "factor_throttled": "te kort na een verkeerde code",
        "last_factor": "de laatste tweede factor",
        "only_support_resets": "geen medewerker van Support",
        "not_your_own_factor": "het eigen account",
        "no_reason_given": "geen reden gegeven",
        "nothing_to_reset": "het account heeft geen tweede factor",
        "not_your_organisation": "niet van de eigen organisatie",
        "no_live_mandate": "geen contactpersoon",
        "pgb_provider": "de organisatie is een PGB-aanbieder",
        "overloaded": "te druk op dat moment",
        "no_network": "geen adres",
        "network_too_wide": "een te grote reeks adressen",
        "holds_ipv4": "een IPv6-reeks met alle IPv4-adressen erin",
        "nobody_calls_from_there": "een adres dat geen beller heeft",
        "address_registered_already": "het adres was al geregistreerd",
        "service_code_taken": "een dienst met die code was er al",
        "too_many_email_changes": "te vaak op een dag",
        "email_change_over": "de link was al gebruikt",
        "email_change_expired": "de link werkte niet meer",
        "not_a_personal_account": "geen persoonlijk account",
        "not_to_authorise": "het account werd of was verwijderd",
        "legal_basis_full": "voor die grondslag zijn er al zo veel gebruikers als mag",
        "only_support_removes": "dit account verwijdert alleen Support",
        "only_contact_person_removes": "dit account verwijdert de contactpersoon",
        "own_account_stays": "het eigen account",
        "last_contact_person": "de laatste contactpersoon",
        "removal_pending_already": "het werd al verwijderd",
        "removed_already": "het was al verwijderd",
        "no_removal_pending": "het werd niet verwijderd",
        "removal_is_final": "het was al definitief",
        "not_a_system_account": "geen systeemaccount",
    },
)
