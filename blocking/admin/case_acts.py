"""The acts on a case as data: each has a page that asks, and a service that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.refusals import Refusal
from blocking import forms, services
from blocking.models import SupportCase
from blocking.queries.case_desk import Possible
from blocking.refusals import case_refusal_of
from blocking.verdicts import CaseVerdict


@dataclass(frozen=True, slots=True)
class Act:
    """`refused` is what refuses the act now, whatever is filled in; `done` says what was done.

    `matters`: it wants a recent second factor; `keeps`: the fields that wait while that is asked.
    """

    slug: str
    heading: str
    button: str
    done: Callable[[SupportCase], str]
    form: type[forms.ActForm]
    service: Callable[..., SupportCase]
    refused: Callable[[Possible], Refusal | None]
    matters: bool = False
    keeps: tuple[str, ...] = ()

    def why_not(self, possible: Possible) -> str:
        """Why the act is not possible now, "" where it is."""
        refusal = self.refused(possible)
        return refusal.sentence if refusal else ""

    @property
    def url_name(self) -> str:
        return f"blocking_supportcase_{self.slug}"

    @property
    def address(self) -> str:
        """As templates ask for it."""
        return f"admin:{self.url_name}"


def _take(possible: Possible) -> Refusal | None:
    return _of(possible.take)


def _handle(possible: Possible) -> Refusal | None:
    return _of(possible.handle)


def _choose(possible: Possible) -> Refusal | None:
    return _of(possible.choose)


def _grant(possible: Possible) -> Refusal | None:
    return _of(possible.grant) or possible.lift_refused


def _of(verdict: CaseVerdict) -> Refusal | None:
    return None if verdict.is_allowed else case_refusal_of(verdict)


def _lifted(case: SupportCase) -> str:
    account = case.account
    mailed = " De rechtmatige gebruiker krijgt bericht per e-mail." if account and account.email else ""
    return f"De blokkade van {account} is opgeheven.{mailed}"


ACTS: dict[str, Act] = {
    act.slug: act
    for act in (
        Act(
            slug="nemen",
            heading="In behandeling nemen",
            button="In behandeling nemen",
            done=lambda _: "U behandelt dit verzoek.",
            form=forms.TakeForm,
            service=services.take_case,
            refused=_take,
        ),
        Act(
            slug="overdragen",
            heading="Overdragen",
            button="Overdragen",
            done=lambda _: "Het verzoek is overgedragen.",
            form=forms.HandOverForm,
            service=services.hand_over_case,
            refused=_handle,
        ),
        Act(
            slug="blokkade",
            heading="Blokkade kiezen",
            button="Deze blokkade kiezen",
            done=lambda _: "De blokkade is gekozen.",
            form=forms.BlockForm,
            service=services.choose_block,
            refused=_choose,
        ),
        Act(
            slug="code",
            heading="Beller controleren met een code",
            button="Code controleren",
            done=lambda _: "De code klopt. De beller is gecontroleerd.",
            form=forms.CodeForm,
            service=services.check_caller_by_code,
            refused=_choose,
        ),
        Act(
            slug="controle",
            heading="Beller controleren zonder code",
            button="Vastleggen",
            done=lambda _: "De beller is gecontroleerd.",
            form=forms.CheckForm,
            service=services.check_caller,
            refused=_choose,
        ),
        Act(
            slug="toekennen",
            heading="Verzoek toekennen",
            button="Toekennen en blokkade opheffen",
            done=_lifted,
            form=forms.GrantForm,
            service=services.grant_case,
            refused=_grant,
            matters=True,
            keeps=("reason", "states_absence", "queries", "until", "note"),
        ),
        Act(
            slug="afwijzen",
            heading="Verzoek afwijzen",
            button="Afwijzen",
            done=lambda _: "Het verzoek is afgewezen.",
            form=forms.RefuseForm,
            service=services.refuse_case,
            refused=_handle,
        ),
        Act(
            slug="intrekken",
            heading="Verzoek intrekken",
            button="Intrekken",
            done=lambda _: "Het verzoek is ingetrokken.",
            form=forms.WithdrawForm,
            service=services.withdraw_case,
            refused=_handle,
        ),
    )
}
