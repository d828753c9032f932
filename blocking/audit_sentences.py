"""The Dutch sentences of this app's audit slugs."""

from collections.abc import Mapping
from typing import Final

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.audit_sentences import register, register_wording, register_words
from blocking import life_refusals, refusals
from blocking.policy.pins import PinCode
from blocking.policy.requests import RequestCode
from blocking.verdicts import SENTENCES, CaseCode, LiftCode

# As in templates/components/moment.html.
MOMENT: Final = r"j F Y \o\m H.i \u\u\r"
LIFTED: Final = "Blokkade opgeheven: {reason}. Reden: {why}."


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
            "account:pin:asked": "Gemeld dat de pincode vergeten is.",
            "account:pin_issue:refused": "Uitgeven van een nieuwe pincode geweigerd ({code}).",
            "account:account:requested": "Account aangevraagd.",
            "account:account:lapsed": "Account verwijderd: in {days} dagen niet geactiveerd.",
            "account:letter:ordered": "Brief met een nieuwe pincode gevraagd.",
            "account:letter:downloaded": "Brief met de pincode gedownload.",
            "account:letter:erased": "Brief met de pincode gewist.",
            "account:letter:refused": "Handeling met een brief met pincode geweigerd ({code}).",
            "account:request:approved": "Aanvraag van het account goedgekeurd.",
            "account:request:rejected": "Aanvraag van het account afgewezen: het account is verwijderd.",
            "account:account_request:refused": "Aanvragen van een account geweigerd ({code}).",
            "account:request_decision:refused": "Besluit over een aanvraag geweigerd ({code}).",
            "account:block:opened": "Blokkade ontstaan: {reason}.",
            "account:block:widened": "Blokkade geldt nu overal, ook op bekende browsers: {reason}.",
            "account:block:lifted": LIFTED,
            "account:block:closed": "Blokkade gesloten door verwijdering: {reason}.",
            "account:browser:remembered": "Ingelogd op een browser die nog niet bekend was.",
            "account:browser:forgotten": "Een bekende browser vergeten.",
            "account:browsers:forgotten": "Alle bekende browsers vergeten.",
            "account:other_browsers:forgotten": "Alle andere bekende browsers vergeten.",
            "account:browser_forgetting:refused": "Vergeten van een browser geweigerd ({code}).",
            "account:episode:began": "Aanval gezien: {accounts} accounts geblokkeerd binnen enkele minuten.",
            "account:not_me:reported": "Gemeld: dit was ik niet ({about}).",
            "account:not_me:refused": "Melding «dit was ik niet» geweigerd ({code}).",
            "account:quota:set": "Quotum van {service} gezet: {limit} {window} ({kind}).",
            "account:quota:changed": "Quotum van {service} gewijzigd: {limit} {window} ({kind}), eerder {before}.",
            "account:quota:dropped": "Quotum van {service} vervallen: {limit} {window} ({kind}).",
            "account:block_lift:refused": "Opheffen van een blokkade geweigerd ({code}).",
            "account:support_block:refused": "Blokkeren door Support geweigerd ({code}).",
            "account:break_glass:used": "Noodcommando gebruikt: blokkade buiten de regels om opgeheven ({reason}).",
            "account:break_glass:refused": "Noodcommando geweigerd ({code}).",
            "account:factors_break_glass:used": "Noodcommando gebruikt: tweede factor weggenomen.",
            "account:factors_break_glass:refused": "Noodcommando voor de tweede factor geweigerd ({code}).",
            "account:case:filed": "Support gevraagd om een blokkade op te heffen: {reason} ({number}).",
            "account:case:recorded": "Supportverzoek {number} vastgelegd ({channel}).",
            "account:case:mismatched": "Supportverzoek {number} noemde nummers die niet bij elkaar horen.",
            "account:case:taken": "Supportverzoek {number} in behandeling genomen.",
            "account:case:taken_over": "Supportverzoek {number} door een collega overgenomen.",
            "account:case:handed_over": "Supportverzoek {number} overgedragen.",
            "account:case:block_chosen": "Supportverzoek {number} gaat over: {reason}.",
            "account:case:caller_checked": "Beller van supportverzoek {number} gecontroleerd: {check}.",
            "account:case:granted": "Supportverzoek {number} toegekend.",
            "account:case:refused": "Supportverzoek {number} afgewezen.",
            "account:case:withdrawn": "Supportverzoek {number} ingetrokken.",
            "account:case_act:refused": "Handeling met een supportverzoek geweigerd ({code}).",
            "account:case_filing:refused": "Vragen om hulp van Support geweigerd ({code}).",
            "account:caller_code:issued": "Code voor Support gevraagd.",
            "account:caller_code:refused": "Code voor Support geweigerd ({code}).",
        }
    )
    register_wording("account:block:lifted", _lifted)
    register_words("code", WORDS)


def _lifted(parameters: Mapping[str, object]) -> str:
    """Of a quota block what was allowed, where that is known; the reason of a lift says nothing there."""
    if not parameters.get("queries"):
        return LIFTED
    until = parse_datetime(str(parameters.get("until") or ""))
    so_long = f", tot {date_format(localtime(until), MOMENT)}" if until else ""
    return f"Blokkade opgeheven: {{reason}}. Boven het quotum toegestaan: {{queries}} bevragingen{so_long}."


def _within_a_sentence(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:].removesuffix(".")


# What was told to who was refused, where that reads well in a history; else words of its own.
WORDS: dict[str, str] = {
    **{
        code: _within_a_sentence(SENTENCES[code])
        for code in (
            LiftCode.SYSTEM_ACCOUNT,
            LiftCode.ONLY_SUPPORT_MAY_LIFT,
            LiftCode.CALLER_NOT_ENTITLED,
            LiftCode.QUOTES_DO_NOT_MATCH,
        )
    },
    LiftCode.OWN_ACCOUNT: "een blokkade van het eigen account",
    LiftCode.LIFT_BUDGET_SPENT: "al vaker opgeheven in de afgelopen 24 uur",
    LiftCode.ALREADY_LIFTED: "de blokkade was al opgeheven",
    LiftCode.NOT_SUPPORT: "geen medewerker van Support",
    LiftCode.CALLER_REQUIRED: "niet gezegd op wiens verzoek",
    LiftCode.ABSENCE_NOT_STATED: "niet verklaard dat de contactpersoon afwezig is",
    LiftCode.CALLER_NOT_CHECKED: "niet gecontroleerd wie de beller is",
    LiftCode.CASE_REQUIRED: "zonder supportverzoek",
    CaseCode.OWN_CASE: "een verzoek over het eigen account",
    CaseCode.CASE_CLOSED: "het verzoek was al afgehandeld",
    CaseCode.CASE_CHANGED: "het verzoek was intussen gewijzigd",
    CaseCode.NOT_ASSIGNEE: "niet de behandelaar",
    CaseCode.NOT_FILED_BY_YOU: "door iemand anders ingediend",
    CaseCode.NUMBERS_DO_NOT_MATCH: "de genoemde nummers horen niet bij elkaar",
    CaseCode.NO_BLOCK_CHOSEN: "nog geen blokkade gekozen",
    CaseCode.BLOCK_HAS_A_CASE: "er is al een verzoek over deze blokkade",
    CaseCode.NOT_OF_THIS_ACCOUNT: "geen open blokkade van dit account",
    CaseCode.LIFT_IT_YOURSELF: "de contactpersoon kan de blokkade zelf opheffen",
    CaseCode.CALLER_CODE_WRONG: "de code van de beller klopt niet",
    CaseCode.CALLER_HAS_NO_MANDATE: "wie het vraagt, is geen contactpersoon meer",
    CaseCode.CALLER_BLOCKED: "Support heeft de contactpersoon die het vraagt, geblokkeerd",
    CaseCode.NO_COLLEAGUE: "geen collega van Support",
    CaseCode.ALLOWANCE_OUT_OF_BOUNDS: "te veel bevragingen of te lang",
    CaseCode.REASON_MISSING: "geen reden gegeven",
    refusals.OnlySupportBlocks.code: "geen medewerker van Support",
    refusals.NotYourselfToBlock.code: "het eigen account",
    refusals.BlockedBySupportAlready.code: "al geblokkeerd door Support",
    refusals.NothingToBlock.code: "een verwijderd account",
    refusals.NoticeUnknown.code: "een link die niet klopt",
    refusals.NoticeRefused.code: "een link die niet meer werkt",
    refusals.NoticeUsed.code: "de link was al gebruikt",
    refusals.NoticeExpired.code: "de link was verlopen",
    refusals.NotYourBrowser.code: "een browser van een ander account",
    RequestCode.NOT_FOR_THIS_ORGANISATION: "niet voor deze organisatie",
    RequestCode.ONLY_SUPPORT_DECIDES: "geen medewerker van Support",
    RequestCode.DECIDED_ALREADY: "over de aanvraag was al besloten",
    RequestCode.NOT_WAITING: "het account is of wordt verwijderd",
    RequestCode.NO_REASON: "geen reden gegeven",
    life_refusals.LettersUnavailable.code: "op deze server zijn geen brieven te maken",
    life_refusals.OnlySupportSendsLetters.code: "geen medewerker van Support, of geen account van een organisatie",
    life_refusals.LetterGone.code: "de brief is er niet meer",
    life_refusals.LetterUnreadable.code: "de verzegelde brief is niet te openen",
    PinCode.NOT_CONTACT_PERSON: "geen contactpersoon van deze organisatie",
    PinCode.OWN_PIN: "de eigen pincode",
    PinCode.NO_PIN_IN_THIS_STATE: "een account zonder pincode",
    PinCode.BLOCKED_BY_SUPPORT: "geblokkeerd door Support",
    refusals.SourceThrottled.code: "te veel mislukte pogingen vanaf dezelfde plek",
    refusals.SourceStopped.code: "te veel gebruikersnummers geprobeerd vanaf dezelfde plek",
}
