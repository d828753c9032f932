"""What Support fills in for each act on a case. Every form carries how the case looked when it was shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Account
from blocking.choices import CallerCheck, CallerRole, LiftReason
from blocking.forms.parts import (
    NOT_WHOLE,
    WholeNumberField,
    caller_field,
    caller_name_field,
    note_field,
    quoted_agb_code_field,
    quoted_user_number_field,
    select,
)
from blocking.models import Block, SupportCase
from blocking.policy import SECRET_OF_REASON
from blocking.policy.cases import ALLOWANCE_DAYS, ALLOWANCE_QUERIES
from blocking.queries.case_desk import blocks_to_choose, colleagues_of
from blocking.queries.cases import asks_for_quotes
from blocking.queries.support_desk import rule_of
from blocking.services import Allowance, CallerSaid, Quoted
from blocking.verdicts import CASE_SENTENCES, CaseCode
from blocking.windows import midnight_of

QUOTES: Final = ("quoted_agb_code", "quoted_user_number")
CODE_PATTERN: Final = re.compile("[0-9]{8}")


class ActForm(forms.Form):
    # Where an act is refused for what was typed: the code of the refusal, and the field it is about.
    about: ClassVar[dict[str, str]] = {}

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, case: SupportCase, by: Account, at: datetime) -> None:
        super().__init__(data, initial={"seen": case.as_seen})
        self.case, self.by, self.at = case, by, at
        self.prepare()

    def prepare(self) -> None:
        """Leave out what this case does not ask, and offer what it does."""

    def as_act(self) -> dict[str, Any]:
        """What the service asks besides the case, who acts and when."""
        return dict(self.cleaned_data)


class TakeForm(ActForm):
    reason = note_field("Waarom neemt u het over?", "Schrijf op waarom u het overneemt.")

    def prepare(self) -> None:
        if self.case.assignee is None or self.case.assignee == self.by:
            del self.fields["reason"]

    @property
    def taken_meanwhile(self) -> str:
        """Whoever took it after the page was shown that this press came from; "" where nobody did."""
        is_old = self.is_bound and self.data.get("seen") != self.case.as_seen
        return self.case.assignee.name if is_old and self.case.assignee and "reason" in self.fields else ""

    def asked_anew(self) -> Self:
        """About the case as it is now, with the reason that was typed."""
        anew = type(self)(case=self.case, by=self.by, at=self.at)
        anew.initial["reason"] = self.data.get("reason", "")
        return anew


class HandOverForm(ActForm):
    to = forms.ModelChoiceField(
        Account.objects.none(),
        label="Aan wie?",
        required=False,
        empty_label="Terug in de wachtrij",
        error_messages={"invalid_choice": CASE_SENTENCES[CaseCode.NO_COLLEAGUE]},
    )
    reason = note_field("Waarom draagt u het over?", "Schrijf op waarom u het overdraagt.")

    def prepare(self) -> None:
        self.fields["to"].queryset = colleagues_of(self.case, self.by)  # type: ignore[attr-defined]


class BlockForm(ActForm):
    """With the numbers, where a block wants them quoted and nobody did when the case was opened."""

    about = {CaseCode.NUMBERS_DO_NOT_MATCH: "quoted_user_number"}

    block = forms.ModelChoiceField(
        Block.objects.none(),
        label="Om welke blokkade gaat het?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Kies een blokkade.", "invalid_choice": "Kies een blokkade uit de lijst."},
    )

    quoted_agb_code = quoted_agb_code_field(required=False)
    quoted_user_number = quoted_user_number_field(required=False)

    def prepare(self) -> None:
        offered = blocks_to_choose(self.case)
        self.fields["block"].queryset = offered  # type: ignore[attr-defined]
        if not any(asks_for_quotes(self.case, block) for block in offered):
            for name in QUOTES:
                del self.fields[name]
        elif all(asks_for_quotes(self.case, block) for block in offered):
            for name in QUOTES:
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        block = typed.get("block")
        if block and asks_for_quotes(self.case, block):
            for name in QUOTES:
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return typed

    def as_act(self) -> dict[str, Any]:
        typed = self.cleaned_data
        quoted = Quoted(*(typed.get(name, "") for name in QUOTES))
        return {"seen": typed["seen"], "block": typed["block"], "quoted": quoted}


class CodeForm(ActForm):
    about = {CaseCode.CALLER_CODE_WRONG: "code"}

    code = forms.CharField(
        label="Code die de contactpersoon voorleest",
        max_length=20,
        help_text="8 cijfers, uit de Berichtenbox van de contactpersoon. De code geldt tien minuten.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Vul de code in.", "max_length": "Een code heeft 8 cijfers."},
    )

    def clean_code(self) -> str:
        """What cannot be a code is told as such: it is no guess, and counts against nobody's."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if not CODE_PATTERN.fullmatch(code):
            raise ValidationError("Een code heeft 8 cijfers.", code="malformed")
        return code


class CheckForm(ActForm):
    check = select(
        "Hoe hebt u gecontroleerd wie het is?",
        (CallerCheck.CALL_BACK, CallerCheck.REGISTERED_EMAIL),
        "Kies hoe u hebt gecontroleerd wie het is.",
    )
    caller = caller_field()
    caller_name = caller_name_field()

    def prepare(self) -> None:
        self.initial.update(caller=self.case.caller_role, caller_name=self.case.caller_name)
        self.fields["caller"].label = "Wie hebt u gesproken?"

    def as_act(self) -> dict[str, Any]:
        typed = self.cleaned_data
        spoken_to = CallerSaid(CallerRole(typed["caller"]), typed["caller_name"])
        return {"seen": typed["seen"], "check": CallerCheck(typed["check"]), "spoken_to": spoken_to}


class GrantForm(ActForm):
    about = {"absence_not_stated": "states_absence", CaseCode.ALLOWANCE_OUT_OF_BOUNDS: "queries"}

    reason = select("Waardoor kwam de blokkade?", LiftReason, "Kies een reden.")
    states_absence = forms.BooleanField(
        label="De rechtmatige gebruiker verklaart dat de contactpersoon afwezig is", required=False
    )
    queries = WholeNumberField(
        label="Hoeveel bevragingen mag het account nog doen?",
        min_value=1,
        max_value=ALLOWANCE_QUERIES,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Boven op het quotum: de telling gaat door. Is dit op of voorbij, dan wordt opnieuw geblokkeerd.",
        error_messages={
            "required": "Vul in hoeveel bevragingen het account nog mag doen.",
            "invalid": NOT_WHOLE,
            "min_value": "Geef minstens 1 bevraging.",
            "max_value": "Geef hoogstens 1.000.000 bevragingen.",
        },
    )
    until = forms.TypedChoiceField(
        label="Tot wanneer?",
        coerce=int,
        error_messages={"required": "Kies tot wanneer.", "invalid_choice": "Kies een dag uit de lijst."},
    )
    note = note_field("Waarom kent u het toe?", "Schrijf op waarom u het verzoek toekent.")

    def prepare(self) -> None:
        block = self.case.block
        is_quota, has_secret = bool(block and block.service), bool(block and block.reason in SECRET_OF_REASON)
        is_alone = self.case.caller_role == CallerRole.ACCOUNT_HOLDER
        asked = {
            "reason": has_secret,
            "states_absence": is_alone and bool(block and rule_of(block).holder_states_absence),
            "queries": is_quota,
            "until": is_quota,
        }
        for name in (name for name, is_asked in asked.items() if not is_asked):
            del self.fields[name]
        if is_quota:
            self.initial.update(queries=settings.PORTAL_PROBATION_QUERIES, until=1)
            self.fields["until"].choices = _days(self.at)  # type: ignore[attr-defined]

    def as_act(self) -> dict[str, Any]:
        typed = self.cleaned_data
        until = midnight_of(self.at, days_later=typed["until"]) if "until" in typed else None
        return {
            "seen": typed["seen"],
            "note": typed["note"],
            "reason": LiftReason(typed.get("reason", LiftReason.OTHER)),
            "states_absence": typed.get("states_absence", False),
            "allowance": Allowance(typed["queries"], until) if until else None,
        }


class RefuseForm(ActForm):
    note = note_field(
        "Waarom wijst u het af?",
        "Schrijf op waarom u het verzoek afwijst.",
        help_text="De contactpersonen lezen dit in hun Berichtenbox. Schrijf hier geen wachtwoord of pincode.",
    )


class WithdrawForm(ActForm):
    reason = note_field("Waarom trekt u het in?", "Schrijf op waarom u het verzoek intrekt.")


def _days(at: datetime) -> list[tuple[int, str]]:
    """How many midnights from now, and the day that ends there."""
    ends = [(days, timezone.localtime(midnight_of(at, days_later=days - 1))) for days in range(1, ALLOWANCE_DAYS + 1)]
    return [(days, f"Tot het einde van {'vandaag' if days == 1 else date_format(day, 'l j F')}") for days, day in ends]
