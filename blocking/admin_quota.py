"""Quotas in Support's admin: a list to read; adding, changing and dropping are acts with a page of their own."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.actors import actor_of
from accounts.admin_acts import ActPage, ask_or_act, posted
from accounts.admin_additions import Addition, Link, add_to
from accounts.admin_base import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin_filters import OfService
from accounts.choices import AccountKind
from accounts.models import Service
from blocking.choices import QuotaWindow
from blocking.models import ServiceQuota
from blocking.services.quota import drop_quota, set_quota

LIST = "admin:blocking_servicequota_changelist"
# More than any service answers, and safely below what a counter holds.
LIMIT_MAX = 1_000_000_000
INVENTED = "Dit is een demo: alle quota zijn verzonnen."


def _choice(label: str, choices: list[tuple[str, str]], unchosen: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "Kies"), *choices],
        error_messages={"required": unchosen, "invalid_choice": unchosen},
    )


def _limit_field() -> forms.IntegerField:
    whole = "Vul een heel getal in, van 1 of meer."
    return forms.IntegerField(
        label="Hoogste aantal bevragingen",
        min_value=1,
        max_value=LIMIT_MAX,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Vul in hoeveel bevragingen een account mag doen.",
            "invalid": whole,
            "min_value": whole,
            "max_value": "Een quotum is hoogstens 1.000.000.000 bevragingen.",
        },
    )


class NewQuotaForm(forms.Form):
    service = forms.ModelChoiceField(
        Service.objects.all(),
        label="Dienst",
        empty_label="Kies",
        error_messages={"required": "Kies een dienst.", "invalid_choice": "Kies een dienst uit de lijst."},
    )
    kind = _choice("Soort account", AccountKind.choices, "Kies voor welke soort account het quotum geldt.")
    window = _choice("Venster", QuotaWindow.choices, "Kies in welke tijd geteld wordt.")
    limit = _limit_field()

    def clean(self) -> None:
        """One quota per window: the one that is there is changed on its own page, knowingly."""
        if self.errors:
            return
        wanted = {name: self.cleaned_data[name] for name in ("service", "kind", "window")}
        present = ServiceQuota.objects.filter(**wanted).first()
        if present:
            raise ValidationError(f"Dit quotum is er al: {present}. Wijzig dat quotum in de lijst.", code="present")


class LimitForm(forms.Form):
    limit = _limit_field()


class QuotaInline(ReadOnlyInline):
    model = ServiceQuota
    fields = ("kind", "window", "limit")
    ordering = ("kind", "window")


@admin.register(ServiceQuota)
class ServiceQuotaAdmin(ReadOnlyAdmin):
    list_display = ("service", "kind", "window", "limit")
    list_filter = (OfService, "kind", "window")
    list_select_related = ("service",)
    search_fields = ("service__name", "service__code")
    search_help_text = "Zoek op naam of code van de dienst."
    fields = ("service", "kind", "window", "limit")
    change_list_template = "admin/blocking/servicequota/change_list.html"
    change_form_template = "admin/blocking/servicequota/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("nieuw/", view(self.add), name="blocking_servicequota_new"),
            path("<int:pk>/wijzigen/", view(self.change), name="blocking_servicequota_set"),
            path("<int:pk>/vervallen/", view(self.drop), name="blocking_servicequota_drop"),
            *super().get_urls(),
        ]

    def add(self, request: HttpRequest) -> HttpResponse:
        page = ActPage(
            title="Quotum toevoegen",
            button="Quotum toevoegen",
            back=reverse(LIST),
            crumbs=(("Quota", reverse(LIST)),),
            explanation=_told("Het quotum geldt meteen, voor elk account van deze soort."),
        )

        def act(form: forms.Form) -> str:
            typed = form.cleaned_data
            quota = set_quota(
                typed["service"],
                kind=AccountKind(typed["kind"]),
                window=QuotaWindow(typed["window"]),
                limit=typed["limit"],
                by=actor_of(request),
                at=timezone.now(),
            )
            return f"Het quotum is toegevoegd. {quota}."

        return ask_or_act(request, page, NewQuotaForm(posted(request)), act, self.admin_site)

    def change(self, request: HttpRequest, pk: int) -> HttpResponse:
        quota = _quota(pk)
        page = _page(quota, "Quotum wijzigen", "Het nieuwe aantal geldt meteen, ook voor wat al geteld is.")

        def act(form: forms.Form) -> str:
            changed = set_quota(
                quota.service,
                kind=AccountKind(quota.kind),
                window=QuotaWindow(quota.window),
                limit=form.cleaned_data["limit"],
                by=actor_of(request),
                at=timezone.now(),
            )
            return f"Het quotum is gewijzigd. {changed}."

        form = LimitForm(posted(request), initial={"limit": quota.limit})
        return ask_or_act(request, page, form, act, self.admin_site)

    def drop(self, request: HttpRequest, pk: int) -> HttpResponse:
        quota = _quota(pk)
        what_follows = "Daarna is er in dit venster geen grens meer. Een blokkade die open is, blijft open."
        page = _page(quota, "Quotum laten vervallen", what_follows)

        def act(form: forms.Form) -> str:
            drop_quota(quota, by=actor_of(request), at=timezone.now())
            return f"Het quotum is vervallen. {quota}."

        return ask_or_act(request, page, forms.Form(posted(request)), act, self.admin_site)


def _quota(pk: int) -> ServiceQuota:
    found = ServiceQuota.objects.select_related("service").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(quota: ServiceQuota, title: str, explanation: str) -> ActPage:
    return ActPage(
        title=title,
        button=title,
        back=reverse(LIST),
        crumbs=(
            ("Quota", reverse(LIST)),
            (str(quota), reverse("admin:blocking_servicequota_change", args=[quota.pk])),
        ),
        facts=(
            ("Dienst", quota.service.name),
            ("Soort account", quota.get_kind_display()),
            ("Venster", quota.get_window_display()),
            ("Nu", f"{quota.limit} bevragingen"),
        ),
        explanation=_told(explanation),
    )


def _told(explanation: str) -> str:
    return f"{explanation} {INVENTED}" if settings.PORTAL_DEMO else explanation


add_to(Service, Addition(links=(Link("Quota", LIST, "service"),), inlines=(QuotaInline,)))
