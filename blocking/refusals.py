"""What the doors and the lifting desk refuse, as exceptions with the verdict's code."""

from __future__ import annotations

from typing import ClassVar

from accounts import refusals as ground
from accounts.refusals import Refusal
from blocking.policy import DENIABLE_FOR, DenialCode
from blocking.verdicts import CASE_SENTENCES, SENTENCES, CaseCode, CaseVerdict, LiftCode, Verdict


class LiftRefused(Refusal):
    """A block may not be lifted by this person in this way."""

    lift_code: ClassVar[LiftCode]

    def __init_subclass__(cls) -> None:
        cls.code = cls.lift_code.value
        cls.sentence = SENTENCES[cls.lift_code]


class NotYourBlock(LiftRefused):
    lift_code = LiftCode.NOT_YOUR_ORGANISATION
    status = ground.NotYourOrganisation.status


class NoMandateToLift(LiftRefused):
    lift_code = LiftCode.NO_LIVE_MANDATE


class LiftForPgbProvider(LiftRefused):
    lift_code = LiftCode.PGB_PROVIDER


class OwnAccount(LiftRefused):
    lift_code = LiftCode.OWN_ACCOUNT


class SystemAccount(LiftRefused):
    lift_code = LiftCode.SYSTEM_ACCOUNT


class OnlySupportMayLift(LiftRefused):
    lift_code = LiftCode.ONLY_SUPPORT_MAY_LIFT


class LiftBudgetSpent(LiftRefused):
    lift_code = LiftCode.LIFT_BUDGET_SPENT


class AlreadyLifted(LiftRefused):
    lift_code = LiftCode.ALREADY_LIFTED
    status = 409


class NotSupport(LiftRefused):
    lift_code = LiftCode.NOT_SUPPORT


class CallerRequired(LiftRefused):
    lift_code = LiftCode.CALLER_REQUIRED


class CallerNotEntitled(LiftRefused):
    lift_code = LiftCode.CALLER_NOT_ENTITLED


class AbsenceNotStated(LiftRefused):
    lift_code = LiftCode.ABSENCE_NOT_STATED


class QuotesDoNotMatch(LiftRefused):
    lift_code = LiftCode.QUOTES_DO_NOT_MATCH


class CallerNotChecked(LiftRefused):
    lift_code = LiftCode.CALLER_NOT_CHECKED


class CaseRequired(LiftRefused):
    lift_code = LiftCode.CASE_REQUIRED


_BY_CODE: dict[LiftCode, type[LiftRefused]] = {refusal.lift_code: refusal for refusal in LiftRefused.__subclasses__()}


def refusal_of(verdict: Verdict) -> LiftRefused:
    """The exception that says what a refusing verdict says."""
    return _BY_CODE[verdict.code]()


class CaseRefused(Refusal):
    """A support case may not be filed, handled or decided by this person in this way."""

    case_code: ClassVar[CaseCode]

    def __init_subclass__(cls) -> None:
        cls.code = cls.case_code.value
        cls.sentence = CASE_SENTENCES[cls.case_code]


class NotSupportsCase(CaseRefused):
    case_code = CaseCode.NOT_SUPPORT


class NotYourCase(CaseRefused):
    case_code = CaseCode.NOT_YOUR_ORGANISATION
    status = ground.NotYourOrganisation.status


class NoMandateForCase(CaseRefused):
    case_code = CaseCode.NO_LIVE_MANDATE


class OwnCase(CaseRefused):
    case_code = CaseCode.OWN_CASE


class CaseClosed(CaseRefused):
    case_code = CaseCode.CASE_CLOSED
    status = 409


class CaseChanged(CaseRefused):
    case_code = CaseCode.CASE_CHANGED
    status = 409


class NotAssignee(CaseRefused):
    case_code = CaseCode.NOT_ASSIGNEE
    status = 409


class NotFiledByYou(CaseRefused):
    case_code = CaseCode.NOT_FILED_BY_YOU


class NumbersDoNotMatch(CaseRefused):
    case_code = CaseCode.NUMBERS_DO_NOT_MATCH


class NoBlockChosen(CaseRefused):
    case_code = CaseCode.NO_BLOCK_CHOSEN
    status = 409


class BlockHasACase(CaseRefused):
    case_code = CaseCode.BLOCK_HAS_A_CASE
    status = 409


class NotOfThisAccount(CaseRefused):
    case_code = CaseCode.NOT_OF_THIS_ACCOUNT
    status = 404


class LiftItYourself(CaseRefused):
    case_code = CaseCode.LIFT_IT_YOURSELF


class CallerCodeWrong(CaseRefused):
    case_code = CaseCode.CALLER_CODE_WRONG


class CallerHasNoMandate(CaseRefused):
    case_code = CaseCode.CALLER_HAS_NO_MANDATE
    status = 409


class CallerBlocked(CaseRefused):
    case_code = CaseCode.CALLER_BLOCKED
    status = 409


class NoColleague(CaseRefused):
    case_code = CaseCode.NO_COLLEAGUE


class AllowanceOutOfBounds(CaseRefused):
    case_code = CaseCode.ALLOWANCE_OUT_OF_BOUNDS
    status = 400


class ReasonMissing(CaseRefused):
    case_code = CaseCode.REASON_MISSING
    status = 400


_CASE_BY_CODE: dict[CaseCode, type[CaseRefused]] = {kind.case_code: kind for kind in CaseRefused.__subclasses__()}


def case_refusal_of(verdict: CaseVerdict) -> CaseRefused:
    """The exception that says what a refusing verdict on a case says."""
    return _CASE_BY_CODE[verdict.code]()


class OnlySupportBlocks(Refusal):
    code = "only_support_blocks"
    sentence = SENTENCES[LiftCode.NOT_SUPPORT]


class NotYourselfToBlock(Refusal):
    code = "not_yourself_to_block"
    sentence = "U kunt uw eigen account niet blokkeren."


class BlockedBySupportAlready(Refusal):
    code = "blocked_by_support_already"
    status = 409
    sentence = "Support heeft dit account al geblokkeerd."


class NothingToBlock(Refusal):
    code = "nothing_to_block"
    status = 409
    sentence = "Dit account is verwijderd. Er valt niets meer te blokkeren."


class SourceThrottled(Refusal):
    """Too many entries from one source were refused of late; says nothing about any account."""

    code = "source_throttled"
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "Vanaf uw internetverbinding is te vaak iets verkeerds ingevuld. Daarom wachten wij even met nieuwe "
            f"pogingen. Probeer het over {ground.duration(retry_after)} opnieuw. Dit wachten blokkeert uw account "
            "niet.",
            retry_after=retry_after,
        )


class SourceStopped(Refusal):
    """One source spent all tries of too many user numbers, existing or not; browsers that are known go on."""

    code = "source_stopped"
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "Vanaf uw internetverbinding is bij te veel gebruikersnummers iets verkeerds ingevuld. Daarom kan nu "
            "alleen verder wie in deze browser al eens heeft ingelogd. Probeer het over "
            f"{ground.duration(retry_after)} opnieuw, of gebruik de browser waarin u altijd inlogt. Dit wachten "
            "blokkeert uw account niet.",
            retry_after=retry_after,
        )


class NotYourBrowser(Refusal):
    code = "not_your_browser"
    status = 404
    sentence = ground.NotYourOrganisation.sentence


class NoticeUnknown(Refusal):
    """A link that the portal did not sign, or that was cut off on the way."""

    code = "notice_unknown"
    status = 404
    sentence = "Deze link klopt niet. Neem de hele link over uit de e-mail, of bel Support."


class NoticeRefused(Refusal):
    """A link «dit was ik niet» that does nothing any more."""

    code = "notice_refused"


class NoticeUsed(NoticeRefused):
    code = DenialCode.USED.value
    status = 409
    sentence = "Deze link is al gebruikt. Support weet ervan en neemt contact met u op."


class NoticeExpired(NoticeRefused):
    code = DenialCode.EXPIRED.value
    status = 410
    sentence = f"Deze link is ouder dan {DENIABLE_FOR.days} dagen en werkt niet meer. Was u dit niet? Bel dan Support."


def denial_refusal_of(code: DenialCode) -> NoticeRefused | None:
    """The exception that says what the policy says; None where it allows."""
    refusals = {DenialCode.USED: NoticeUsed, DenialCode.EXPIRED: NoticeExpired}
    return refusals[code]() if code in refusals else None
