"""Reading what is typed at the doors that take a PIN."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.forms import NoteField, SecretField, UserNumberField, password_field
from accounts.policy import PASSWORD_MIN_LENGTH, PIN_ENTRY_MAX_LENGTH
from blocking.choices import CallerRole, LiftChannel, LiftReason
from blocking.policy import Caller


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


class SupportLiftForm(forms.Form):
    """On whose request Support lifts, how they were heard, and why."""

    channel = forms.ChoiceField(
        label="Hoe kwam het verzoek binnen?",
        choices=[(c.value, c.label) for c in (LiftChannel.PHONE, LiftChannel.EMAIL)],
        error_messages={"required": "Kies hoe het verzoek binnenkwam."},
    )
    caller = forms.ChoiceField(
        label="Op wiens verzoek?",
        choices=[("", "Kies"), *CallerRole.choices],
        required=False,
    )
    states_absence = forms.BooleanField(
        label="De rechtmatige gebruiker verklaart dat de contactpersoon afwezig is",
        required=False,
    )
    quoted_agb_code = forms.CharField(label="AGB-code, zoals de beller die noemt", required=False, max_length=20)
    quoted_user_number = forms.CharField(
        label="Gebruikersnummer, zoals de beller dat noemt", required=False, max_length=20
    )
    reason = forms.ChoiceField(
        label="Reden",
        choices=LiftReason.choices,
        error_messages={"required": "Kies een reden."},
    )
    note = NoteField(
        label="Toelichting",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Schrijf op waarom u de blokkade opheft."},
    )

    def as_lift(self) -> dict[str, Any]:
        """The keyword arguments of `lift_block`."""
        typed = self.cleaned_data
        return {
            "channel": LiftChannel(typed["channel"]),
            "reason": LiftReason(typed["reason"]),
            "note": typed["note"],
            "caller": self._caller(),
        }

    def _caller(self) -> Caller | None:
        typed = self.cleaned_data
        if not typed["caller"]:
            return None
        return Caller(
            role=CallerRole(typed["caller"]),
            states_absence=typed["states_absence"],
            quoted_agb_code=typed["quoted_agb_code"].strip(),
            quoted_user_number=typed["quoted_user_number"].replace(" ", ""),
        )
