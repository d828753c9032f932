"""Requests for accounts in Support's admin: to decide on, and to make for who has no user administration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.actors import actor_of
from accounts.admin_kit.acts import ActPage, Done, ask_or_act, posted
from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.admin_kit.work import Load, Pile, Work, amount
from accounts.choices import AccountState
from accounts.models import Organisation
from accounts.refusals import LegalBasisFull
from blocking.forms import NewAccountForm, RejectForm
from blocking.life_refusals import RejectedWithoutReason
from blocking.models import AccountRequest
from blocking.services import approve_request, reject_request, request_account

LIST = "admin:blocking_accountrequest_changelist"
PAGE = "admin:blocking_accountrequest_change"


class Undecided(admin.SimpleListFilter):
    title = "nog te doen"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Nog niet besloten")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "1":
            return queryset
        return queryset.filter(pk__in=AccountRequest.objects.undecided().values("pk"))


@admin.register(AccountRequest)
class AccountRequestAdmin(ReadOnlyAdmin):
    list_display = ("account", "organisation", "asked_by", "asked_at", "standing")
    list_filter = (Undecided, "decision")
    list_select_related = ("account__organisation", "asked_by")
    search_fields = ("account__name", "account__organisation__agb_code")
    search_help_text = "Zoek op naam of AGB-code."
    fields = (
        "account",
        "organisation",
        "services",
        "asked_by",
        "asked_at",
        "standing",
        "decided_at",
        "decided_by",
        "reason",
    )
    change_form_template = "admin/blocking/accountrequest/change_form.html"

    @admin.display(description="organisatie", ordering="account__organisation__name")
    def organisation(self, request: AccountRequest) -> str:
        return str(request.account.organisation)

    @admin.display(description="diensten")
    def services(self, request: AccountRequest) -> str:
        names = request.account.authorisations.values_list("service__name", flat=True)
        return ", ".join(names) or "Geen"

    @admin.display(description="besluit", ordering="decision")
    def standing(self, request: AccountRequest) -> str:
        is_waiting = request.account.state == AccountState.REQUESTED
        undecided = "Nog niet besloten" if is_waiting else "Niet besloten: het account is of wordt verwijderd"
        return request.get_decision_display() or undecided

    def get_urls(self) -> list[URLPattern]:
        view = self.with_recent_factor
        return [
            path("<int:pk>/goedkeuren/", view(self.approve), name="blocking_accountrequest_approve"),
            path("<int:pk>/afwijzen/", view(self.reject), name="blocking_accountrequest_reject"),
            path("nieuw/<int:pk>/", view(self.new), name="blocking_accountrequest_new"),
            *super().get_urls(),
        ]

    def approve(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = _undecided(pk)
        explanation = (
            "Het gebruikersnummer gaat per e-mail naar wie het vroeg. De pincode komt verzegeld in de Berichtenbox."
        )

        def act(form: forms.Form) -> str:
            approve_request(asked, by=actor_of(request), at=timezone.now())
            return f"De aanvraag voor {asked.account.name} is goedgekeurd."

        page = _page(asked, "Aanvraag goedkeuren", explanation)
        return ask_or_act(request, page, forms.Form(posted(request)), act, self.admin_site)

    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = _undecided(pk)

        def act(form: forms.Form) -> str:
            reject_request(asked, reason=form.cleaned_data["reason"], by=actor_of(request), at=timezone.now())
            return f"De aanvraag voor {asked.account.name} is afgewezen."

        page = _page(asked, "Aanvraag afwijzen", "Het account wordt verwijderd. De contactpersonen lezen waarom.")
        page.told_at.update({RejectedWithoutReason.code: "reason"})
        return ask_or_act(request, page, RejectForm(posted(request)), act, self.admin_site)

    def new(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For the organisation with this key, as it asked by telephone, e-mail or letter."""
        organisation = Organisation.objects.filter(pk=pk).first()
        if organisation is None:
            raise Http404

        def act(form: forms.Form) -> Done:
            made = request_account(organisation, form.as_wanted(), by=actor_of(request), at=timezone.now())  # type: ignore[attr-defined]
            sent = f"Het gebruikersnummer gaat naar {organisation.email}." if organisation.email else ""
            told = f"Er is een account voor {made.name}. {sent} Maak nu de brief met de pincode."
            return Done(told, reverse("admin:accounts_account_change", args=[made.pk]))

        back = reverse("admin:accounts_organisation_change", args=[organisation.pk])
        page = ActPage(
            title=f"Nieuwe gebruiker: {organisation.name}",
            button="Account uitgeven",
            back=back,
            crumbs=(("Organisaties", reverse("admin:accounts_organisation_changelist")), (organisation.name, back)),
            facts=(("Organisatie", str(organisation)), ("E-mailadres", organisation.email or "Niet bekend")),
            explanation="Het gebruikersnummer gaat per e-mail naar de organisatie, de pincode per brief.",
            told_at={LegalBasisFull.code: "authorisations"},
        )
        return ask_or_act(request, page, NewAccountForm(posted(request)), act, self.admin_site)


def _undecided(pk: int) -> AccountRequest:
    found = AccountRequest.objects.undecided().select_related("account__organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(asked: AccountRequest, title: str, explanation: str) -> ActPage:
    own_page = reverse(PAGE, args=[asked.pk])
    return ActPage(
        title=f"{title}: {asked.account.name}",
        button=title,
        back=own_page,
        crumbs=(("Aanvragen van accounts", reverse(LIST)), (asked.account.name, own_page)),
        facts=(("Account", asked.account.name), ("Organisatie", str(asked.account.organisation))),
        explanation=explanation,
    )


def undecided_requests() -> Load:
    count = AccountRequest.objects.undecided().count()
    words = amount(count, "aanvraag van een account", "aanvragen van accounts")
    return Load(Pile(count, words, reverse(LIST, query={Undecided.parameter_name: "1"})))


UNDECIDED = Work(rank=30, look=undecided_requests)
