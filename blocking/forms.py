"""Reading what is typed at the doors that take a PIN, and what Support writes down when it lifts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.db.models import TextChoices

from accounts.forms import NoteField, SecretField, UserNumberField, password_field
from accounts.policy import AGB_CODE_PATTERN, PASSWORD_MIN_LENGTH, PIN_ENTRY_MAX_LENGTH, USER_NUMBER_PATTERN
from blocking.choices import CallerRole, LiftChannel, LiftReason
from blocking.policy import Caller, LiftRule
from blocking.refusals import LiftRefused
from blocking.verdicts import SENTENCES, LiftCode


def pin_field() -> SecretField:
    return SecretField(
        label="Pincode",
        longest=PIN_ENTRY_MAX_LENGTH,
        too_long="Een pincode heeft 8 tekens.",
        autocomplete="off",
        error_messages={"required": "Vul uw pincode in."},
        help_text="8 letters en cijfers. Let op hoofdletters en kleine letters.",
    )


class ForgottenPasswordForm(forms.Form):
    user_number = UserNumberField()
    pin = pin_field()
    new_password = password_field(
        "Nieuw wachtwoord",
        "new-password",
        "Vul een nieuw wachtwoord in.",
        help_text=f"Minstens {PASSWORD_MIN_LENGTH} tekens. Een zin van een paar woorden is goed.",
    )

    def clean_new_password(self) -> str:
        """What can be said without knowing whose it is; an unsuitable one costs no attempt."""
        password: str = self.cleaned_data["new_password"]
        validate_password(password)
        return password


def _select(label: str, choices: Iterable[TextChoices], unchosen: str) -> forms.ChoiceField:
    """A choice that nobody makes without noticing: the first one is none."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "Kies"), *((choice.value, choice.label) for choice in choices)],
        error_messages={"required": unchosen, "invalid_choice": unchosen},
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


class SupportLiftForm(forms.Form):
    """On whose request Support lifts, how they were heard, and why; only what the rule wants to know is asked."""

    channel = _select(
        "Hoe kwam het verzoek binnen?",
        (LiftChannel.PHONE, LiftChannel.EMAIL),
        "Kies hoe het verzoek binnenkwam.",
    )
    caller = _select("Op wiens verzoek?", CallerRole, SENTENCES[LiftCode.CALLER_REQUIRED])
    states_absence = forms.BooleanField(
        label="De rechtmatige gebruiker verklaart dat de contactpersoon afwezig is",
        required=False,
    )
    quoted_agb_code = QuotedNumberField(
        label="AGB-code, zoals de beller die noemt",
        pattern=AGB_CODE_PATTERN,
        malformed="Een AGB-code heeft 8 cijfers.",
        error_messages={"required": "Vul de AGB-code in die de beller noemt."},
    )
    quoted_user_number = QuotedNumberField(
        label="Gebruikersnummer, zoals de beller dat noemt",
        pattern=USER_NUMBER_PATTERN,
        malformed="Een gebruikersnummer heeft 14 cijfers.",
        error_messages={"required": "Vul het gebruikersnummer in dat de beller noemt."},
    )
    reason = _select("Reden", LiftReason, "Kies een reden.")
    note = NoteField(
        label="Toelichting",
        help_text="Dit komt in het logboek. Schrijf hier geen wachtwoord of pincode.",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": "Schrijf in de toelichting waarom u de blokkade opheft.",
            "max_length": "Een toelichting heeft hoogstens 500 tekens.",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, rule: LiftRule) -> None:
        super().__init__(data)
        asked = {
            "caller": bool(rule.support_for),
            "states_absence": rule.holder_states_absence,
            "quoted_agb_code": rule.quotes_numbers,
            "quoted_user_number": rule.quotes_numbers,
        }
        for name in (name for name, is_asked in asked.items() if not is_asked):
            del self.fields[name]
        if rule.support_for == {CallerRole.CONTACT_PERSON}:
            self.fields["caller"].help_text = "Deze blokkade heft u alleen op voor de contactpersoon."

    def as_lift(self) -> dict[str, Any]:
        """The keyword arguments of `lift_block`."""
        typed = self.cleaned_data
        return {
            "channel": LiftChannel(typed["channel"]),
            "reason": LiftReason(typed["reason"]),
            "note": typed["note"],
            "caller": self._caller(),
        }

    def tell(self, refusal: LiftRefused) -> None:
        """Put what the policy refuses at the field that it is about."""
        field = _ABOUT.get(refusal.lift_code)
        self.add_error(field if field in self.fields else None, refusal.sentence)

    def _caller(self) -> Caller | None:
        typed = self.cleaned_data
        if "caller" not in typed:
            return None
        return Caller(
            role=CallerRole(typed["caller"]),
            states_absence=typed.get("states_absence", False),
            quoted_agb_code=typed.get("quoted_agb_code", ""),
            quoted_user_number=typed.get("quoted_user_number", ""),
        )


_ABOUT = {
    LiftCode.CALLER_NOT_ENTITLED: "caller",
    LiftCode.ABSENCE_NOT_STATED: "states_absence",
    LiftCode.QUOTES_DO_NOT_MATCH: "quoted_agb_code",
}
