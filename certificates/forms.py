"""Reading what is typed where a certificate is installed."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.forms import SecretField, UserNumberField
from accounts.refusals import Refusal
from blocking.forms import pin_field
from blocking.forms.parts import note_field, select
from certificates.choices import RevocationReason
from certificates.policy import CONTACT_PERSON_REVOKES_FOR
from certificates.signing_requests import LARGEST_BYTES, SigningRequest, read_signing_request

PASSPHRASE_MIN_LENGTH: Final = 12
PASSPHRASE_MAX_LENGTH: Final = 64
CHOOSE_ONE: Final = "Kies één van de twee: een aanvraag, of een wachtwoord voor het bestand."


class SigningRequestInput(forms.Textarea):
    """Pasted text, or a file under the same name; a file goes before text."""

    template_name = "certificates/signing_request_input.html"
    needs_multipart_form = True
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A browser sends the file that nobody chose along as an empty text, behind what was pasted."""
        pasted = next((text for text in data.getlist(name) if text.strip()), "")
        return files.get(name) or pasted

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Two inputs, so two names for labels: the text is what an error leads to."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        own = widget["attrs"].get("id", f"id_{name}")
        widget["file_id"], widget["attrs"]["id"] = f"{own}_file", f"{own}_0"
        return context

    def format_value(self, value: Any) -> str | None:
        return value if isinstance(value, str) else None


class SigningRequestField(forms.Field):
    widget = SigningRequestInput
    # Of the two ways to install, exactly one is taken.
    is_one_of = True

    def to_python(self, value: Any) -> bytes | None:
        """The bytes as they came; what is far too large is not read."""
        if isinstance(value, UploadedFile):
            uploaded: bytes = value.read(LARGEST_BYTES + 1)
            return uploaded
        return value.encode(errors="replace") if isinstance(value, str) and value.strip() else None

    def clean(self, value: Any) -> SigningRequest | None:
        """What may be signed. Nobody's PIN is looked at before the request is good."""
        given = self.to_python(value)
        if given is None:
            return None
        try:
            return read_signing_request(given)
        except Refusal as refusal:
            raise ValidationError(refusal.sentence, code=refusal.code) from None


class PassphraseField(SecretField):
    is_one_of = True


class RevokeForm(forms.Form):
    """Why a certificate is revoked, for the list and for the log."""

    reason = select("Waarom trekt u het in?", RevocationReason, "Kies een reden.")
    note = note_field("Toelichting", "Schrijf op wie hierom vroeg en waarom.")


class RevokeOwnForm(forms.Form):
    """The same, as a contact person says it."""

    reason = forms.ChoiceField(
        label="Waarom trekt u het in?",
        choices=[(reason.value, reason.label) for reason in CONTACT_PERSON_REVOKES_FOR],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden.", "invalid_choice": "Kies een reden uit de lijst."},
    )
    note = note_field("Toelichting", "", required=False)


class InstallForm(forms.Form):
    user_number = UserNumberField()
    pin = pin_field()
    signing_request = SigningRequestField(
        label="Voor software: de aanvraag",
        required=False,
        help_text="Een aanvraag (PKCS#10) die uw software heeft gemaakt. U krijgt het certificaat als bestand terug.",
        widget=SigningRequestInput({"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    passphrase = PassphraseField(
        label="Voor uzelf: een wachtwoord voor het bestand",
        longest=PASSPHRASE_MAX_LENGTH,
        too_long=f"Dit wachtwoord heeft hoogstens {PASSPHRASE_MAX_LENGTH} tekens.",
        autocomplete="new-password",
        required=False,
        help_text=(
            "U krijgt één keer een bestand met uw sleutel en certificaat (PKCS#12). Alleen met dit wachtwoord gaat het "
            f"open. Minstens {PASSPHRASE_MIN_LENGTH} tekens: letters zonder accenten, cijfers en leestekens."
        ),
    )

    def clean_passphrase(self) -> str:
        """ASCII, because programs write other characters in the file each in their own way."""
        passphrase: str = self.cleaned_data["passphrase"]
        if passphrase and len(passphrase) < PASSPHRASE_MIN_LENGTH:
            raise ValidationError(f"Dit wachtwoord is te kort. Kies minstens {PASSPHRASE_MIN_LENGTH} tekens.")
        if not (passphrase.isascii() and passphrase.isprintable()):
            raise ValidationError("Gebruik in dit wachtwoord alleen letters zonder accenten, cijfers en leestekens.")
        return passphrase

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two ways; what was wrong by itself was said already."""
        cleaned = super().clean() or self.cleaned_data
        ways = ("signing_request", "passphrase")
        chosen = [way for way in ways if cleaned.get(way)]
        if len(chosen) != 1 and not any(self.has_error(way) for way in ways):
            self.add_error("signing_request", CHOOSE_ONE)
        if cleaned.get("passphrase") and cleaned.get("passphrase") == cleaned.get("pin"):
            self.add_error("passphrase", "Kies een ander wachtwoord dan uw pincode.")
        return cleaned
