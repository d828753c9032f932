"""Check boxes of services, a group per legal basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import QueryDict

from accounts.choices import LegalBasis
from accounts.models import Service
from accounts.policy.catalogue import USERS_AT_MOST
from accounts.queries import holders_by_basis, services_of
from accounts.services_field import NOT_OFFERED, by_legal_basis

if TYPE_CHECKING:
    from accounts.models import Account

BASES: Final = tuple(basis.value for basis in LegalBasis)


class AuthorisationForm(forms.Form):
    """Fields named for the legal bases, each with the codes of its services; only of those that have any."""

    use_required_attribute = False

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._services = {service.code: service for service in Service.objects.all()}
        assert account.organisation  # noqa: S101 - Support's own people are on no contact person's page
        others, held = holders_by_basis(account.organisation, apart_from=account), set(services_of(account))
        for basis, services in by_legal_basis(self._services.values()).items():
            mine = [service.code for service in services if service in held]
            self.fields[basis.value] = _field(basis, services, mine, others.get(basis, 0))

    def begin_with(self, kept: QueryDict | None) -> None:
        """What was ticked before a second factor was asked."""
        if kept is not None and not self.is_bound:
            for name, field in self.fields.items():
                field.initial = kept.getlist(name)

    def chosen(self) -> list[Service]:
        return [self._services[code] for codes in self.cleaned_data.values() for code in codes]


class TickedField(forms.MultipleChoiceField):
    # That a group may stay empty goes without saying.
    is_one_of = True


def _field(basis: LegalBasis, services: list[Service], mine: list[str], others: int) -> TickedField:
    at_most = USERS_AT_MOST.get(basis)
    holders = others + bool(mine)
    return TickedField(
        label=basis.label,
        help_text=f"{holders} van de {at_most} gebruikers hebben nu een autorisatie." if at_most else "",
        choices=[(service.code, service.name) for service in services],
        initial=mine,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
    )
