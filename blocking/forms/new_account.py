"""Reading what is filled in about somebody new, and about why not."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.http import QueryDict

from accounts.forms import EmailAddressField, NoteField
from accounts.services_field import ServicesField
from blocking.forms.parts import note_field
from blocking.life_refusals import RejectedWithoutReason
from blocking.services import Wanted

NAME_MAX_LENGTH = 200


class RejectForm(forms.Form):
    use_required_attribute = False

    reason = note_field(
        "Waarom wijst u de aanvraag af?",
        RejectedWithoutReason.sentence,
        help_text="De contactpersoon leest dit. Schrijf hier geen wachtwoord of pincode.",
    )


class NewAccountForm(forms.Form):
    """The person, and the services; Support says nothing about terms."""

    use_required_attribute = False

    name = NoteField(
        label="Naam",
        help_text="Voornaam en achternaam, zoals collega's die kennen.",
        max_length=NAME_MAX_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "Vul de naam in.",
            "max_length": f"Een naam heeft hoogstens {NAME_MAX_LENGTH} tekens.",
        },
    )
    email = EmailAddressField(
        label="E-mailadres", help_text="Van deze persoon zelf, voor het werk. Hierheen gaan onze meldingen."
    )
    authorisations = ServicesField(label="Welke diensten mag deze persoon gebruiken?")
    # Of the page where one looks it over: pressing twice asks once.
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def as_wanted(self) -> Wanted:
        typed = self.cleaned_data
        return Wanted(typed["name"], typed["email"], tuple(typed["authorisations"]), typed["once"] or uuid4())


class NewUserForm(NewAccountForm):
    """As a contact person fills it in."""

    terms = forms.BooleanField(
        label="Ik weet wie deze persoon is, en deze persoon heeft de gekozen diensten nodig voor het werk. "
        "Het account is persoonlijk: niemand anders gebruikt het.",
        error_messages={"required": "Vink aan dat dit klopt. Anders kunt u geen account aanvragen."},
    )

    @classmethod
    def beginning_with(cls, fields: QueryDict | None) -> NewUserForm:
        """The form with what somebody had filled in, and nothing said about it yet."""
        if fields is None:
            return cls()
        first = {name: fields.get(name, "") for name in ("name", "email")}
        return cls(
            initial=first | {"authorisations": fields.getlist("authorisations"), "terms": bool(fields.get("terms"))}
        )
