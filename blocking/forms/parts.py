"""Fields that Support's forms share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import TextChoices

from accounts.forms import NoteField
from accounts.policy import AGB_CODE_PATTERN, USER_NUMBER_PATTERN
from blocking.choices import CallerRole
from blocking.verdicts import SENTENCES, LiftCode

NOTE_MAX_LENGTH: Final = 500
NOT_WHOLE: Final = "Vul een heel getal in, bijvoorbeeld 1000 of 1.000."
CALLERS: Final = (CallerRole.CONTACT_PERSON, CallerRole.ACCOUNT_HOLDER)


def select(label: str, choices: Iterable[TextChoices], unchosen: str, **kwargs: Any) -> forms.ChoiceField:
    """A choice that nobody makes without noticing: the first one is none."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "Kies"), *((choice.value, choice.label) for choice in choices)],
        error_messages={"required": unchosen, "invalid_choice": unchosen},
        **kwargs,
    )


def caller_field() -> forms.ChoiceField:
    return select("Wie is de beller?", CALLERS, SENTENCES[LiftCode.CALLER_REQUIRED])


def caller_name_field() -> NoteField:
    return NoteField(
        label="Naam van de beller",
        max_length=200,
        error_messages={
            "required": "Vul de naam van de beller in.",
            "max_length": "Een naam heeft hoogstens 200 tekens.",
        },
    )


def note_field(label: str, missing: str, *, help_text: str = "", required: bool = True) -> NoteField:
    return NoteField(
        label=label,
        help_text=help_text or "Dit komt in het logboek. Schrijf hier geen wachtwoord of pincode.",
        required=required,
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": missing, "max_length": f"Dit heeft hoogstens {NOTE_MAX_LENGTH} tekens."},
    )


def quoted_agb_code_field(*, required: bool = True) -> QuotedNumberField:
    return QuotedNumberField(
        label="AGB-code, zoals de beller die noemt",
        pattern=AGB_CODE_PATTERN,
        malformed="Een AGB-code heeft 8 cijfers.",
        required=required,
        error_messages={"required": "Vul de AGB-code in die de beller noemt."},
    )


def quoted_user_number_field(*, required: bool = True) -> QuotedNumberField:
    return QuotedNumberField(
        label="Gebruikersnummer, zoals de beller dat noemt",
        pattern=USER_NUMBER_PATTERN,
        malformed="Een gebruikersnummer heeft 14 cijfers.",
        help_text="Van het account dat geblokkeerd is, niet dat van de beller.",
        required=required,
        error_messages={"required": "Vul het gebruikersnummer in dat de beller noemt."},
    )


class QuotedNumberField(forms.CharField):
    """A number as somebody on the telephone reads it out: in groups, or not."""

    def __init__(self, *, pattern: str, malformed: str, **kwargs: Any) -> None:
        super().__init__(
            validators=[RegexValidator(pattern, malformed)],
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            **kwargs,
        )

    def to_python(self, value: object) -> str:
        return "".join(str(super().to_python(value)).split())


class WholeNumberField(forms.IntegerField):
    """A whole number as people in the Netherlands write it: 1000 or 1.000, which is never 1."""

    _written = re.compile(r"-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)")

    def to_python(self, value: object) -> int | None:
        typed = str(value).strip() if value is not None else ""
        if typed and not self._written.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed.replace(".", ""))
