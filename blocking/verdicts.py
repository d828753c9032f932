"""The answers to "may this block be lifted?": machine codes and the sentences shown to people."""

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
