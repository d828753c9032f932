"""The acts on a case as data: each has a page that asks, and a service that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from blocking import forms, services
from blocking.models import SupportCase
from blocking.queries.case_desk import Possible


@dataclass(frozen=True, slots=True)
class Act:
    """`why_not` says why the act is not possible now, "" where it is; `done` says what was done."""

    slug: str
    heading: str
    button: str
    done: Callable[[SupportCase], str]
    form: type[forms.ActForm]
    service: Callable[..., SupportCase]
    why_not: Callable[[Possible], str]

    @property
    def url_name(self) -> str:
        return f"blocking_supportcase_{self.slug}"

    @property
    def address(self) -> str:
        """As templates ask for it."""
        return f"admin:{self.url_name}"


def _take(possible: Possible) -> str:
    return "" if possible.take.is_allowed else possible.take.sentence


def _handle(possible: Possible) -> str:
    return "" if possible.handle.is_allowed else possible.handle.sentence


def _choose(possible: Possible) -> str:
    return "" if possible.choose.is_allowed else possible.choose.sentence


def _grant(possible: Possible) -> str:
    return possible.lift_refusal if possible.grant.is_allowed else possible.grant.sentence


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
            why_not=_take,
        ),
        Act(
            slug="overdragen",
            heading="Overdragen",
            button="Overdragen",
            done=lambda _: "Het verzoek is overgedragen.",
            form=forms.HandOverForm,
            service=services.hand_over_case,
            why_not=_handle,
        ),
        Act(
            slug="blokkade",
            heading="Blokkade kiezen",
            button="Deze blokkade kiezen",
            done=lambda _: "De blokkade is gekozen.",
            form=forms.BlockForm,
            service=services.choose_block,
            why_not=_choose,
        ),
        Act(
            slug="code",
            heading="Beller controleren met een code",
            button="Code controleren",
            done=lambda _: "De code klopt. De beller is gecontroleerd.",
            form=forms.CodeForm,
            service=services.check_caller_by_code,
            why_not=_choose,
        ),
        Act(
            slug="controle",
            heading="Beller controleren zonder code",
            button="Vastleggen",
            done=lambda _: "De beller is gecontroleerd.",
            form=forms.CheckForm,
            service=services.check_caller,
            why_not=_choose,
        ),
        Act(
            slug="toekennen",
            heading="Verzoek toekennen",
            button="Toekennen en blokkade opheffen",
            done=_lifted,
            form=forms.GrantForm,
            service=services.grant_case,
            why_not=_grant,
        ),
        Act(
            slug="afwijzen",
            heading="Verzoek afwijzen",
            button="Afwijzen",
            done=lambda _: "Het verzoek is afgewezen.",
            form=forms.RefuseForm,
            service=services.refuse_case,
            why_not=_handle,
        ),
        Act(
            slug="intrekken",
            heading="Verzoek intrekken",
            button="Intrekken",
            done=lambda _: "Het verzoek is ingetrokken.",
            form=forms.WithdrawForm,
            service=services.withdraw_case,
            why_not=_handle,
        ),
    )
}
