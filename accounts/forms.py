"""Reading what people type. A malformed entry is answered here, and is never counted."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from accounts.actors import as_one_line
from accounts.choices import IdentityCheck, Means
from accounts.models.passkey import NAME_MAX_LENGTH
from accounts.policy import PASSWORD_MAX_LENGTH
from accounts.policy.factors import canonical_recovery_code
from accounts.refusals import NoReasonGiven, Refusal
from accounts.services.system_access import network_in

# No number typed by a person is longer; anything beyond is somebody trying something.
USER_NUMBER_ENTRY_MAX_LENGTH = 64
ADDRESS_NOTE_MAX_LENGTH = 100
SUPPORT_REASON_MAX_LENGTH = 500
# RFC 5321, section 4.5.3.1.3, without the angle brackets.
EMAIL_MAX_LENGTH = 254
# A recovery code with a dash between every two characters is shorter.
TOKEN_ENTRY_MAX_LENGTH = 64
# An answer of a passkey holds its id (1023 bytes at most), a key and a signature, in base 64.
PASSKEY_ANSWER_MAX_LENGTH = 16_000
NO_ANSWER = "De browser gaf geen antwoord van een passkey. Probeer het nog eens, of kies een andere manier."
# Where one is added there is no other way.
NOTHING_MADE = "De browser gaf geen passkey door. Druk nog eens op de knop."


def _passkey_answer(nothing: str) -> forms.CharField:
    return forms.CharField(
        max_length=PASSKEY_ANSWER_MAX_LENGTH,
        error_messages={"required": nothing, "max_length": nothing},
        widget=forms.HiddenInput(),
    )


class UserNumberField(forms.CharField):
    """A user number as typed: only its presence and length are looked at, so that nothing is told."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {
            "autocomplete": "username",
            "inputmode": "numeric",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        super().__init__(
            label="Gebruikersnummer",
            help_text="14 cijfers",
            error_messages={"required": "Vul uw gebruikersnummer in."},
            widget=forms.TextInput(attributes),
            **kwargs,
        )

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > USER_NUMBER_ENTRY_MAX_LENGTH:
            raise ValidationError("Een gebruikersnummer heeft 14 cijfers.")


class SecretField(forms.CharField):
    """A secret as typed: never trimmed, never shown again, refused unseen when it is absurdly long."""

    def __init__(self, *, longest: int, too_long: str, autocomplete: str, **kwargs: Any) -> None:
        self.longest, self.too_long = longest, too_long
        attributes = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(strip=False, widget=forms.PasswordInput(attributes), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(self.too_long)


class NoteField(forms.CharField):
    """A note as one line of text that is inert: it is shown in the log and in histories."""

    def to_python(self, value: Any) -> str:
        return as_one_line(super().to_python(value) or "")


class EmailAddressField(forms.EmailField):
    """An address as mail will go to it: plain ASCII, with a domain in small letters and nothing else folded.

    Letters that only look like others («ſ», «K» for Kelvin, «ı») fold into ASCII, which has sent mail meant for one to
    another (CVE-2019-19844); here they are refused, and nothing is ever found by an address.
    """

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(
            widget=forms.EmailInput(attributes),
            error_messages={
                "required": "Vul een e-mailadres in.",
                "invalid": "Dit is geen e-mailadres. Een e-mailadres ziet eruit als naam@voorbeeld.nl.",
            },
            **kwargs,
        )
        # Said in a sentence: a maxlength of the field would cut what is pasted.
        self.validators.append(MaxLengthValidator(EMAIL_MAX_LENGTH, self.error_messages["invalid"]))

    def clean(self, value: Any) -> str:
        typed = (value or "").strip() if isinstance(value, str) else ""
        if not typed.isascii():
            raise ValidationError(
                "Gebruik in het e-mailadres alleen gewone letters, cijfers en leestekens.", code="not_ascii"
            )
        local_part, at, domain = super().clean(typed).rpartition("@")
        return f"{local_part}{at}{domain.lower()}"


class NetworkField(forms.CharField):
    """An address or a range as somebody typed it, as the network that it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Adres of reeks",
            help_text="Een IPv4- of IPv6-adres, of een reeks zoals 192.0.2.0/24.",
            error_messages={"required": "Vul een adres of een reeks in."},
            widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return str(network_in(typed))
        except Refusal as refusal:
            raise ValidationError(refusal.sentence, code=refusal.code) from None


class AddressForm(forms.Form):
    """From where a system account's software may call, and what one knows the place by."""

    network = NetworkField()
    note = NoteField(
        label="Omschrijving",
        help_text="Bijvoorbeeld: server van de softwareleverancier.",
        required=False,
        max_length=ADDRESS_NOTE_MAX_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": f"Een omschrijving heeft hoogstens {ADDRESS_NOTE_MAX_LENGTH} tekens."},
    )


def password_field(label: str, autocomplete: str, missing: str, *, help_text: str = "") -> SecretField:
    return SecretField(
        label=label,
        longest=PASSWORD_MAX_LENGTH,
        too_long=f"Een wachtwoord heeft hoogstens {PASSWORD_MAX_LENGTH} tekens.",
        autocomplete=autocomplete,
        error_messages={"required": missing},
        help_text=help_text,
    )


class SignInForm(forms.Form):
    user_number = UserNumberField()
    password = password_field("Wachtwoord", "current-password", "Vul uw wachtwoord in.")


class TokenInput(forms.PasswordInput):
    """Readable while it is typed, and never sent back."""

    input_type = "text"


class TokenForm(forms.Form):
    """A second factor as typed, in the way that the person picked."""

    use_required_attribute = False

    token = forms.CharField(
        strip=True,
        max_length=TOKEN_ENTRY_MAX_LENGTH,
        error_messages={"required": "Vul de code in.", "max_length": "Dit is geen code: het is te lang."},
        widget=TokenInput({"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, means: Means = Means.ONE_TIME_CODE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.means = means
        token = self.fields["token"]
        token.label, token.help_text = TOKEN_WORDS[means]
        del token.widget.attrs["maxlength"]
        if means == Means.ONE_TIME_CODE:
            token.widget.attrs["inputmode"] = "numeric"


class PasskeyForm(forms.Form):
    """What the browser says that a passkey signed: JSON that only the script of the page fills in."""

    use_required_attribute = False
    means: Final = Means.PASSKEY

    token = _passkey_answer(NO_ANSWER)


class CertificateForm(forms.Form):
    """Nothing is typed: the certificate comes with the request."""

    means: Final = Means.CERTIFICATE


class NewPasskeyForm(PasskeyForm):
    token = _passkey_answer(NOTHING_MADE)
    name = NoteField(
        label="Hoe noemt u deze passkey?",
        help_text=f"Bijvoorbeeld: laptop van kantoor. Hoogstens {NAME_MAX_LENGTH} tekens.",
        max_length=NAME_MAX_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "Geef de passkey een naam, dan herkent u hem later.",
            "max_length": f"Een naam heeft hoogstens {NAME_MAX_LENGTH} tekens.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Adding one has no other way.
        missing = "De browser gaf geen antwoord van een passkey. Druk nog eens op de knop."
        self.fields["token"].error_messages |= {"required": missing, "max_length": missing}
        # A browser would cut the name without a word; the form says so instead.
        del self.fields["name"].widget.attrs["maxlength"]


def identity_check_field() -> forms.ChoiceField:
    """How Support made sure who asks."""
    missing = "Kies hoe u hebt gecontroleerd wie het is."
    return forms.ChoiceField(
        label="Hoe hebt u gecontroleerd wie het is?",
        choices=[("", "Kies"), *IdentityCheck.choices],
        error_messages={"required": missing, "invalid_choice": missing},
    )


def reason_for_support(label: str) -> NoteField:
    """Why Support did it, for the log."""
    return NoteField(
        label=label,
        help_text="Alleen Support leest dit.",
        max_length=SUPPORT_REASON_MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": NoReasonGiven.sentence,
            "max_length": f"Een reden heeft hoogstens {SUPPORT_REASON_MAX_LENGTH} tekens.",
        },
    )


TOKEN_WORDS: Final = {
    Means.ONE_TIME_CODE: ("Code uit uw app", "6 cijfers, in de app op uw telefoon of computer."),
    Means.RECOVERY_CODE: ("Herstelcode", "24 letters en cijfers. Streepjes en hoofdletters maken niet uit."),
}


def means_in(posted: QueryDict) -> Means:
    """Which way the person picked; a form without it can only mean what its code looks like."""
    picked = posted.get("means", "")
    if picked in {*TOKEN_WORDS, Means.PASSKEY, Means.CERTIFICATE}:
        return Means(picked)
    return Means.RECOVERY_CODE if canonical_recovery_code(posted.get("token", "")) else Means.ONE_TIME_CODE
