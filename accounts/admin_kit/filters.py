"""Filters of Support's lists that ask no list of everybody: whose it is, and what happened."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.audit_sentences import headline_of, known_slugs
from accounts.models import Account, Organisation, Service

# One digit less than the largest bigint, the type of every key, has.
_KEY = re.compile("[0-9]{1,18}")


class BelongsTo(SimpleListFilter):
    """Only what belongs to one object, whose page leads here. It is offered only while it is on."""

    owners: ClassVar[QuerySet[Any]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        value = self.value()
        if not value:
            return []
        # Django drops a filter without choices, and would show everything.
        return [(value, str(self.owners.filter(pk=_key(value)).first() or "Onbekend"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{str(self.parameter_name): _key(self.value())}) if self.value() else queryset


class OfAccount(BelongsTo):
    title = "account"
    parameter_name = "account"
    owners = Account.objects.all()


class OfOrganisation(BelongsTo):
    title = "organisatie"
    parameter_name = "organisation"
    owners = Organisation.objects.all()


class OfService(BelongsTo):
    title = "dienst"
    parameter_name = "service"
    owners = Service.objects.all()


class AuthorisedFor(OfService):
    title = "mag bevragen"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(authorisations__service=_key(value)) if value else queryset


class EventFilter(SimpleListFilter):
    """What happened, in words; the log itself is never asked which slugs it holds."""

    title = "gebeurtenis"
    parameter_name = "gebeurtenis"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(((slug, headline_of(slug)) for slug in known_slugs()), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(slug=value) if value in known_slugs() else queryset.none()


def _key(value: str | None) -> int:
    """A key that was asked for; nobody's, where it is none."""
    return int(value) if value and _KEY.fullmatch(value) else 0
