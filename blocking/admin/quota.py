"""Quotas in Support's admin: a list to read; adding, changing and dropping are acts with a page of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.actors import actor_of
from accounts.admin_kit.acts import ActPage, ask, ask_or_act, posted
from accounts.admin_kit.additions import Addition, Link, add_to
from accounts.admin_kit.base import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin_kit.filters import OfService
from accounts.models import Service
from blocking.admin.words import effect_of_quota
from blocking.charts.scale import figure
from blocking.forms.quota import LimitForm, NewQuotaForm, QuotaForm
from blocking.models import ServiceQuota
from blocking.queries.usage import WantedQuota, full_accounts
from blocking.services.quota import drop_quota, set_quota

LIST = "admin:blocking_servicequota_changelist"
INVENTED = "Dit is een demo: alle quota zijn verzonnen."


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
        view = self.with_recent_factor
        return [
            path("nieuw/", view(self.add, "service", "kind", "window", "limit"), name="blocking_servicequota_new"),
            path("<int:pk>/wijzigen/", view(self.change, "limit"), name="blocking_servicequota_set"),
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

        return self._set(request, page, NewQuotaForm(posted(request)), "toegevoegd")

    def change(self, request: HttpRequest, pk: int) -> HttpResponse:
        quota = _quota(pk)
        page = _page(quota, "Quotum wijzigen", "Het nieuwe aantal geldt meteen, ook voor wat al geteld is.")

        return self._set(request, page, LimitForm(posted(request), quota=quota), "gewijzigd")

    def _set(self, request: HttpRequest, page: ActPage, form: QuotaForm, done: str) -> HttpResponse:
        """Set it once its effect was told; before that, tell it and ask again."""
        at = timezone.now()
        if form.is_valid() and not form.is_told:
            return ask(request, _with_effect(page, form.wanted(), at), form.as_asked(), self.admin_site)

        def act(_: forms.Form) -> str:
            wanted = form.wanted()
            quota = set_quota(
                wanted.service, kind=wanted.kind, window=wanted.window, limit=wanted.limit, by=actor_of(request), at=at
            )
            return f"Het quotum is {done}. {quota}."

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


def _with_effect(page: ActPage, wanted: WantedQuota, at: datetime) -> ActPage:
    about = page.facts or (
        ("Dienst", wanted.service.name),
        ("Soort account", str(wanted.kind.label)),
        ("Venster", str(wanted.window.label)),
    )
    effect = effect_of_quota(wanted, full_accounts(wanted, at=at))
    told = (*about, ("Wordt", f"{figure(wanted.limit)} bevragingen"), ("Wat gebeurt er?", effect))
    return replace(page, facts=told)


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
            ("Nu", f"{figure(quota.limit)} bevragingen"),
        ),
        explanation=_told(explanation),
    )


def _told(explanation: str) -> str:
    return f"{explanation} {INVENTED}" if settings.PORTAL_DEMO else explanation


add_to(Service, Addition(links=(Link("Quota", LIST, "service"),), inlines=(QuotaInline,)))
