"""Check boxes of services, together per legal basis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.forms.models import ModelChoiceIterator

from accounts.choices import LegalBasis
from accounts.models import Service

NOT_OFFERED: Final = "Kies diensten uit de lijst."


def by_legal_basis(services: Iterable[Service]) -> dict[LegalBasis, list[Service]]:
    """In the order of the legal bases, only those that have any."""
    grouped: defaultdict[LegalBasis, list[Service]] = defaultdict(list)
    for service in services:
        grouped[LegalBasis(service.legal_basis)].append(service)
    return {basis: grouped[basis] for basis in LegalBasis if basis in grouped}


class _GroupedChoices(ModelChoiceIterator):  # type: ignore[type-arg]
    def __iter__(self) -> Iterator[Any]:
        for basis, services in by_legal_basis(self.queryset).items():
            yield basis.label, [self.choice(service) for service in services]


class _GroupedBoxes(forms.CheckboxSelectMultiple):
    template_name = "components/grouped_choices.html"


class ServicesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The services somebody new may query, by their codes."""

    iterator = _GroupedChoices

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Service.objects.order_by("name"),
            to_field_name="code",
            required=False,
            widget=_GroupedBoxes,
            error_messages={"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
            **kwargs,
        )
