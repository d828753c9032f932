"""Reading what somebody changes of their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.forms import EmailAddressField, password_field
from accounts.policy import PASSWORD_MIN_LENGTH

if TYPE_CHECKING:
    from accounts.models import Account


def present_password_field() -> forms.CharField:
    return password_field("Uw huidige wachtwoord", "current-password", "Vul uw huidige wachtwoord in.")


class ChangePasswordForm(forms.Form):
    """What does not suit is said before anything is compared, so it costs no attempt."""

    password = present_password_field()
    new_password = password_field(
        "Uw nieuwe wachtwoord",
        "new-password",
        "Vul een nieuw wachtwoord in.",
        help_text=f"Minstens {PASSWORD_MIN_LENGTH} tekens. Een zin van een paar woorden is goed.",
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_new_password(self) -> str:
        new_password: str = self.cleaned_data["new_password"]
        if new_password == self.cleaned_data.get("password"):
            raise ValidationError("Dit is het wachtwoord dat u nu al hebt. Kies een ander.", code="password_unchanged")
        validate_password(new_password, self.account)
        return new_password


class ChangeEmailForm(forms.Form):
    email = EmailAddressField(label="Uw nieuwe e-mailadres")
    password = present_password_field()

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.lower() == self.account.email.lower():
            raise ValidationError("Dit is het e-mailadres dat u nu al hebt.", code="email_unchanged")
        return email
