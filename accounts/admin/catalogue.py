"""The catalogue of services in Support's admin: to read, to add to, and to give a service another name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import RegexValidator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.actors import actor_of
from accounts.admin_kit.acts import ActPage, ask_or_act, posted
from accounts.admin_kit.additions import Link
from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.choices import LegalBasis
from accounts.forms import NoteField
from accounts.models import Service
from accounts.refusals import ServiceCodeTaken
from accounts.services import add_service, rename_service

CODE_MAX_LENGTH = 40
NAME_MAX_LENGTH = 120
LIST = "admin:accounts_service_changelist"


def _name_field() -> NoteField:
    return NoteField(
        label="Naam",
        max_length=NAME_MAX_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "Vul de naam van de dienst in.",
            "max_length": f"Een naam heeft hoogstens {NAME_MAX_LENGTH} tekens.",
        },
    )


class NewServiceForm(forms.Form):
    code = forms.CharField(
        label="Code",
        help_text="Kleine letters, cijfers en streepjes. Software gebruikt deze code: zij verandert nooit meer.",
        max_length=CODE_MAX_LENGTH,
        validators=[
            RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", "Een code bestaat uit kleine letters, cijfers en streepjes.")
        ],
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": "Vul de code van de dienst in.",
            "max_length": f"Een code heeft hoogstens {CODE_MAX_LENGTH} tekens.",
        },
    )
    name = _name_field()
    legal_basis = forms.ChoiceField(
        label="Grondslag",
        choices=[("", "Kies"), *LegalBasis.choices],
        error_messages={"required": "Kies een grondslag.", "invalid_choice": "Kies een grondslag uit de lijst."},
    )


class RenameForm(forms.Form):
    name = _name_field()


@admin.register(Service)
class ServiceAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "legal_basis", "authorised")
    list_filter = ("legal_basis",)
    search_fields = ("name", "code")
    search_help_text = "Zoek op naam of code."
    fields = ("name", "code", "legal_basis", "authorised")
    links = (Link("Geautoriseerde accounts", "admin:accounts_account_changelist", "service"),)
    change_list_template = "admin/accounts/service/change_list.html"
    change_form_template = "admin/accounts/service/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        services: QuerySet[Any] = super().get_queryset(request).annotate(authorised=Count("authorisations"))
        return services

    @admin.display(description="geautoriseerde accounts", ordering="authorised")
    def authorised(self, service: Service) -> int:
        return int(vars(service)["authorised"])

    def get_urls(self) -> list[URLPattern]:
        view = self.with_recent_factor
        return [
            path("nieuw/", view(self.add, "code", "name", "legal_basis"), name="accounts_service_new"),
            path("<int:pk>/naam/", view(self.rename, "name"), name="accounts_service_rename"),
            *super().get_urls(),
        ]

    def add(self, request: HttpRequest) -> HttpResponse:
        page = ActPage(
            title="Dienst toevoegen",
            button="Dienst toevoegen",
            back=reverse(LIST),
            crumbs=(("Diensten", reverse(LIST)),),
            explanation="De dienst begint zonder quotum, en nog geen account mag haar bevragen.",
            told_at={ServiceCodeTaken.code: "code"},
        )

        def act(form: forms.Form) -> str:
            typed = form.cleaned_data | {"legal_basis": LegalBasis(form.cleaned_data["legal_basis"])}
            service = add_service(**typed, by=actor_of(request), at=timezone.now())
            return f"De dienst {service.name} is toegevoegd."

        return ask_or_act(request, page, NewServiceForm(posted(request)), act, self.admin_site)

    def rename(self, request: HttpRequest, pk: int) -> HttpResponse:
        service = Service.objects.filter(pk=pk).first()
        if service is None:
            raise Http404
        own_page = reverse("admin:accounts_service_change", args=[pk])
        page = ActPage(
            title=f"Naam wijzigen: {service.name}",
            button="Naam wijzigen",
            back=own_page,
            crumbs=(("Diensten", reverse(LIST)), (service.name, own_page)),
            facts=(("Code", service.code),),
            explanation="Alleen de naam verandert. De code blijft, want software vraagt de dienst daarmee.",
        )

        def act(form: forms.Form) -> str:
            renamed = rename_service(service, **form.cleaned_data, by=actor_of(request), at=timezone.now())
            return f"De dienst heet nu {renamed.name}."

        form = RenameForm(posted(request), initial={"name": service.name})
        return ask_or_act(request, page, form, act, self.admin_site)
