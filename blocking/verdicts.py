"""The answers to "may this be lifted?" and "may this case be handled so?": machine codes, and sentences for people."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.refusals import NotYourOrganisation


class LiftCode(StrEnum):
    """Machine codes of a verdict; stable, also found in the audit and in refusals."""

    ALLOWED = "allowed"
    NOT_YOUR_ORGANISATION = "not_your_organisation"
    NO_LIVE_MANDATE = "no_live_mandate"
    PGB_PROVIDER = "pgb_provider"
    OWN_ACCOUNT = "own_account"
    SYSTEM_ACCOUNT = "system_account"
    ONLY_SUPPORT_MAY_LIFT = "only_support_may_lift"
    LIFT_BUDGET_SPENT = "lift_budget_spent"
    ALREADY_LIFTED = "already_lifted"
    NOT_SUPPORT = "not_support"
    CALLER_REQUIRED = "caller_required"
    CALLER_NOT_ENTITLED = "caller_not_entitled"
    ABSENCE_NOT_STATED = "absence_not_stated"
    QUOTES_DO_NOT_MATCH = "quotes_do_not_match"
    CALLER_NOT_CHECKED = "caller_not_checked"
    CASE_REQUIRED = "case_required"


SENTENCES: dict[LiftCode, str] = {
    LiftCode.ALLOWED: "U kunt deze blokkade opheffen.",
    LiftCode.NOT_YOUR_ORGANISATION: NotYourOrganisation.sentence,
    LiftCode.NO_LIVE_MANDATE: (
        "Dit kan alleen de contactpersoon van uw organisatie. U bent op dit moment geen contactpersoon."
    ),
    LiftCode.PGB_PROVIDER: (
        "Uw organisatie is een PGB-aanbieder en heeft geen Gebruikersbeheer. Support heft de blokkade voor u op."
    ),
    LiftCode.OWN_ACCOUNT: (
        "U kunt een blokkade van uw eigen account niet zelf opheffen. "
        "Een andere contactpersoon van uw organisatie of Support kan dit."
    ),
    LiftCode.SYSTEM_ACCOUNT: (
        "Een blokkade van een systeemaccount heft alleen Support op, op verzoek van de contactpersoon."
    ),
    LiftCode.ONLY_SUPPORT_MAY_LIFT: "Deze blokkade heft alleen Support op.",
    LiftCode.LIFT_BUDGET_SPENT: (
        "De blokkades van dit account zijn in de afgelopen 24 uur al vaker opgeheven. "
        "Daarom kijkt Support nu mee: Support heft deze blokkade op."
    ),
    LiftCode.ALREADY_LIFTED: "Deze blokkade is al opgeheven.",
    LiftCode.NOT_SUPPORT: "Dit kan alleen een medewerker van Support.",
    LiftCode.CALLER_REQUIRED: "Kies op wiens verzoek u deze blokkade opheft.",
    LiftCode.CALLER_NOT_ENTITLED: ("Deze blokkade wordt alleen opgeheven op verzoek van de contactpersoon."),
    LiftCode.ABSENCE_NOT_STATED: (
        "De rechtmatige gebruiker kan dit alleen vragen als de contactpersoon afwezig is. "
        "Vink aan dat de beller dit heeft verklaard."
    ),
    LiftCode.QUOTES_DO_NOT_MATCH: (
        "De AGB-code en het gebruikersnummer die de beller noemt, horen niet bij dit account."
    ),
    LiftCode.CALLER_NOT_CHECKED: "Controleer eerst wie de beller is.",
    LiftCode.CASE_REQUIRED: "Support heft een blokkade alleen op met een supportverzoek. Open er eerst een.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    code: LiftCode

    @property
    def is_allowed(self) -> bool:
        return self.code == LiftCode.ALLOWED

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code]


class CaseCode(StrEnum):
    """What may be answered to an act on a support case; stable, also found in the audit and in refusals."""

    ALLOWED = "allowed"
    NOT_SUPPORT = "not_support"
    NOT_YOUR_ORGANISATION = "not_your_organisation"
    NO_LIVE_MANDATE = "no_live_mandate"
    OWN_CASE = "own_case"
    CASE_CLOSED = "case_closed"
    CASE_CHANGED = "case_changed"
    NOT_ASSIGNEE = "not_assignee"
    NOT_FILED_BY_YOU = "not_filed_by_you"
    NUMBERS_DO_NOT_MATCH = "numbers_do_not_match"
    NO_BLOCK_CHOSEN = "no_block_chosen"
    BLOCK_HAS_A_CASE = "block_has_a_case"
    NOT_OF_THIS_ACCOUNT = "not_of_this_account"
    LIFT_IT_YOURSELF = "lift_it_yourself"
    CALLER_CODE_WRONG = "caller_code_wrong"
    CALLER_HAS_NO_MANDATE = "caller_has_no_mandate"
    CALLER_BLOCKED = "caller_blocked"
    NO_COLLEAGUE = "no_colleague"
    ALLOWANCE_OUT_OF_BOUNDS = "allowance_out_of_bounds"
    REASON_MISSING = "reason_missing"


CASE_SENTENCES: dict[CaseCode, str] = {
    CaseCode.ALLOWED: "Dit mag.",
    CaseCode.NOT_SUPPORT: SENTENCES[LiftCode.NOT_SUPPORT],
    CaseCode.NOT_YOUR_ORGANISATION: NotYourOrganisation.sentence,
    CaseCode.NO_LIVE_MANDATE: SENTENCES[LiftCode.NO_LIVE_MANDATE],
    CaseCode.OWN_CASE: "Dit verzoek gaat over uw eigen account. Een collega behandelt het.",
    CaseCode.CASE_CLOSED: "Dit verzoek is al afgehandeld.",
    CaseCode.CASE_CHANGED: "Dit verzoek is intussen gewijzigd. Kijk eerst hoe het er nu voor staat.",
    CaseCode.NOT_ASSIGNEE: "Alleen de behandelaar doet dit. Neem het verzoek eerst zelf in behandeling.",
    CaseCode.NOT_FILED_BY_YOU: "Support heeft dit verzoek vastgelegd. Alleen Support kan het intrekken.",
    CaseCode.NUMBERS_DO_NOT_MATCH: (
        "De genoemde AGB-code en het genoemde gebruikersnummer horen niet samen bij één account. "
        "Dit verzoek kunt u daarom niet toekennen."
    ),
    CaseCode.NO_BLOCK_CHOSEN: "Kies eerst om welke blokkade het gaat.",
    CaseCode.BLOCK_HAS_A_CASE: "Over deze blokkade is al een ander verzoek in behandeling.",
    CaseCode.NOT_OF_THIS_ACCOUNT: "Deze blokkade is geen open blokkade van dit account.",
    CaseCode.LIFT_IT_YOURSELF: "Deze blokkade kunt u zelf opheffen in Gebruikersbeheer. Support is niet nodig.",
    CaseCode.CALLER_CODE_WRONG: (
        "Deze code klopt niet, of is verlopen of al gebruikt. Laat de contactpersoon een nieuwe code vragen."
    ),
    CaseCode.CALLER_HAS_NO_MANDATE: (
        "Wie dit vraagt, is op dit moment geen contactpersoon van de organisatie meer. "
        "Controleer opnieuw wie de beller is."
    ),
    CaseCode.CALLER_BLOCKED: (
        "Support heeft het account van de contactpersoon die dit vraagt, geblokkeerd. "
        "Zolang die blokkade er is, kan deze contactpersoon Support niets vragen."
    ),
    CaseCode.NO_COLLEAGUE: "Overdragen kan alleen aan een collega van Support.",
    CaseCode.ALLOWANCE_OUT_OF_BOUNDS: (
        "Geef minstens 1 en hoogstens 1.000.000 bevragingen, tot een moment in de komende zeven dagen."
    ),
    CaseCode.REASON_MISSING: "Schrijf op waarom.",
}


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    code: CaseCode

    @property
    def is_allowed(self) -> bool:
        return self.code == CaseCode.ALLOWED

    @property
    def sentence(self) -> str:
        return CASE_SENTENCES[self.code]
