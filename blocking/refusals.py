"""What the doors and the lifting desk refuse, as exceptions with the verdict's code."""

from __future__ import annotations

from typing import ClassVar

from accounts import refusals as ground
from accounts.refusals import Refusal
from blocking.verdicts import SENTENCES, LiftCode, Verdict


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


_BY_CODE: dict[LiftCode, type[LiftRefused]] = {refusal.lift_code: refusal for refusal in LiftRefused.__subclasses__()}


def refusal_of(verdict: Verdict) -> LiftRefused:
    """The exception that says what a refusing verdict says."""
    return _BY_CODE[verdict.code]()
