"""What Support fills in for a quota. A quota is set at the second press, once its effect was told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Self

from django import forms
from django.core.exceptions import ValidationError

from accounts.choices import AccountKind
from accounts.models import Service
from blocking.choices import QuotaWindow
from blocking.forms.parts import NOT_WHOLE, WholeNumberField, select
from blocking.models import ServiceQuota
from blocking.queries.usage import WantedQuota

# More than any service answers, and safely below what a counter holds.
LIMIT_MAX: Final = 1_000_000_000


def _limit_field() -> WholeNumberField:
    return WholeNumberField(
        label="Hoogste aantal bevragingen",
        min_value=1,
        max_value=LIMIT_MAX,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Vul in hoeveel bevragingen een account mag doen.",
            "invalid": NOT_WHOLE,
            "min_value": "Een quotum is minstens 1 bevraging.",
            "max_value": "Een quotum is hoogstens 1.000.000.000 bevragingen.",
        },
    )


class QuotaForm(forms.Form):
    """`confirmed` holds the quota whose effect was told."""

    confirmed = forms.CharField(widget=forms.HiddenInput, required=False)

    def wanted(self) -> WantedQuota:
        """The quota as it would be. Only of a valid form."""
        typed = self.cleaned_data
        return WantedQuota(typed["service"], AccountKind(typed["kind"]), QuotaWindow(typed["window"]), typed["limit"])

    @property
    def is_told(self) -> bool:
        return bool(self.cleaned_data["confirmed"] == self._as_told)

    def as_asked(self) -> Self:
        """The same once more, to be confirmed: nothing to fill in, all of it held."""
        held = self._again()
        for field in held.fields.values():
            field.widget = forms.HiddenInput()
        held.initial = {
            **held.initial,
            **{name: self[name].value() for name in self.fields},
            "confirmed": self._as_told,
        }
        return held

    @property
    def _as_told(self) -> str:
        wanted = self.wanted()
        return f"{wanted.service.pk}.{wanted.kind}.{wanted.window}.{wanted.limit}"

    def _again(self) -> Self:
        return type(self)()


class NewQuotaForm(QuotaForm):
    service = forms.ModelChoiceField(
        Service.objects.all(),
        label="Dienst",
        empty_label="Kies",
        error_messages={"required": "Kies een dienst.", "invalid_choice": "Kies een dienst uit de lijst."},
    )
    kind = select("Soort account", AccountKind, "Kies voor welke soort account het quotum geldt.")
    window = select("Venster", QuotaWindow, "Kies in welke tijd geteld wordt.")
    limit = _limit_field()

    def clean(self) -> None:
        """One quota per window: the one that is there is changed on its own page, knowingly."""
        if self.errors:
            return
        wanted = {name: self.cleaned_data[name] for name in ("service", "kind", "window")}
        present = ServiceQuota.objects.filter(**wanted).first()
        if present:
            raise ValidationError(f"Dit quotum is er al: {present}. Wijzig dat quotum in de lijst.", code="present")


class LimitForm(QuotaForm):
    limit = _limit_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, quota: ServiceQuota) -> None:
        super().__init__(data, initial={"limit": quota.limit})
        self.quota = quota

    def wanted(self) -> WantedQuota:
        quota = self.quota
        return WantedQuota(
            quota.service, AccountKind(quota.kind), QuotaWindow(quota.window), self.cleaned_data["limit"]
        )

    @property
    def is_told(self) -> bool:
        """Where nothing changes there is nothing to tell."""
        return self.cleaned_data["limit"] == self.quota.limit or super().is_told

    def _again(self) -> Self:
        return type(self)(quota=self.quota)
