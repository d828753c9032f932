"""Why Support blocks an account."""

from django import forms

from blocking.forms.parts import note_field


class SupportBlockForm(forms.Form):
    reason = note_field(
        "Waarom blokkeert u dit account?",
        "Schrijf op waarom u dit account blokkeert.",
        help_text="Alleen Support leest dit. Schrijf hier geen wachtwoord of pincode.",
    )
