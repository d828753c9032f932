"""Reading what is typed at the doors that take a PIN."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.forms import SecretField, UserNumberField, password_field
from accounts.policy import PASSWORD_MIN_LENGTH, PIN_ENTRY_MAX_LENGTH


def pin_field() -> SecretField:
    return SecretField(
        label="Pincode",
        longest=PIN_ENTRY_MAX_LENGTH,
        too_long="Een pincode heeft 8 tekens.",
        autocomplete="off",
        error_messages={"required": "Vul uw pincode in."},
        help_text="8 letters en cijfers. Let op hoofdletters en kleine letters.",
    )


class ForgottenPinForm(forms.Form):
    user_number = UserNumberField()


class PinAndPasswordForm(forms.Form):
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


class ForgottenPasswordForm(PinAndPasswordForm):
    """At the door for a forgotten password."""


class ActivationForm(PinAndPasswordForm):
    """At the door where an account begins."""
