"""The ground floor in Support's admin: to read; acts are on pages of their own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from accounts.admin.access import AccountActs, AddressInline, AuthorisationInline, may_query
from accounts.admin.factors import FactorActs, has_factor
from accounts.admin.removal import RemovalActs, may_be_put_back, may_be_removed
from accounts.admin_kit.additions import Link
from accounts.admin_kit.base import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin_kit.filters import AuthorisedFor, OfOrganisation
from accounts.models import Account, Mandate, Organisation
from accounts.queries import factors_of

LOG = "admin:accounts_auditevent_changelist"


class MandateInline(ReadOnlyInline):
    model = Mandate
    verbose_name_plural = "contactpersonen, nu en eerder"
    fields = ("account", "rank", "valid_from", "valid_until")
    empty_value_display = "geen einde"


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ("name", "agb_code", "sort", "phone")
    list_filter = ("is_pgb_provider",)
    search_fields = ("name", "agb_code")
    search_help_text = "Zoek op naam of AGB-code."
    fields = ("name", "agb_code", "sort", "email", "phone", "correspondence_address", "created_at")
    inlines = (MandateInline,)
    change_form_template = "admin/accounts/organisation/change_form.html"
    links = (
        Link("Accounts", "admin:accounts_account_changelist", "organisation"),
        Link("Logboek", LOG, "organisation"),
    )

    @admin.display(description="soort", ordering="is_pgb_provider")
    def sort(self, organisation: Organisation) -> str:
        return "PGB-aanbieder, zonder Gebruikersbeheer" if organisation.is_pgb_provider else "Met Gebruikersbeheer"


@admin.register(Account)
class AccountAdmin(AccountActs, FactorActs, RemovalActs):
    """Never the hashes: what is not in `fields` is not read."""

    list_display = ("name", "user_number", "organisation", "sort", "state")
    list_filter = (OfOrganisation, AuthorisedFor, "state", "kind", "is_staff")
    list_select_related = ("organisation",)
    search_fields = ("name", "user_number", "organisation__agb_code")
    search_help_text = "Zoek op naam, gebruikersnummer of AGB-code."
    fields = (
        "name",
        "user_number",
        "organisation",
        "sort",
        "state",
        "removal_final_at",
        "removal_asked_by",
        "email",
        "last_sign_in_at",
        "second_factor",
        "password_set_at",
        "pin_set_at",
        "created_at",
    )
    links = (Link("Logboek", LOG, "account"),)
    change_form_template = "admin/accounts/account/change_form.html"

    def get_inlines(self, request: HttpRequest, obj: Account | None) -> list[Any]:
        """Where an account may call from is asked of software alone."""
        added = super().get_inlines(request, obj)
        return [AuthorisationInline, *((AddressInline,) if obj and obj.is_system else ()), *added]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_query"] = may_query(context["original"])
        context["has_factor"] = has_factor(context["original"])
        context["may_be_removed"] = may_be_removed(context["original"], request)
        context["may_be_put_back"] = may_be_put_back(context["original"], request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="tweede factor")
    def second_factor(self, account: Account) -> str:
        factors = factors_of(account)
        if not factors.is_any:
            return "UZI-pas of certificaat" if has_factor(account) else "Geen"
        return f"Ja, met nog {factors.codes_left} herstelcodes"

    @admin.display(description="soort", ordering="kind")
    def sort(self, account: Account) -> str:
        return "Medewerker Support" if account.is_staff else account.get_kind_display()


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ("account", "organisation", "rank", "valid_from", "valid_until")
    list_filter = ("rank",)
    list_select_related = ("account", "organisation")
    search_fields = ("account__name", "account__user_number", "organisation__agb_code", "organisation__name")
    search_help_text = "Zoek op naam, gebruikersnummer, organisatie of AGB-code."
