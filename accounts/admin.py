"""The ground floor in Support's admin: to read only."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin_base import ReadOnlyAdmin, ReadOnlyInline
from accounts.audit_sentences import sentence_of
from accounts.models import Account, AuditEvent, Authorisation, Mandate, Organisation, Service


class MandateInline(ReadOnlyInline):
    model = Mandate
    fields = ("account", "rank", "valid_from", "valid_until")


class AuthorisationInline(ReadOnlyInline):
    model = Authorisation
    fields = ("service", "granted_at", "granted_by")
    fk_name = "account"


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ("name", "agb_code", "is_pgb_provider", "phone")
    list_filter = ("is_pgb_provider",)
    search_fields = ("name", "agb_code")
    fields = ("name", "agb_code", "is_pgb_provider", "email", "phone", "correspondence_address", "created_at")
    inlines = (MandateInline,)


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    """Never the hashes: what is not in `fields` is not read."""

    list_display = ("name", "user_number", "organisation", "kind", "state", "last_sign_in_at")
    list_filter = ("state", "kind", "is_staff")
    list_select_related = ("organisation",)
    search_fields = ("name", "user_number", "organisation__agb_code")
    fields = (
        "name",
        "user_number",
        "organisation",
        "kind",
        "state",
        "email",
        "is_staff",
        "last_sign_in_at",
        "password_set_at",
        "pin_set_at",
        "created_at",
    )
    inlines = (AuthorisationInline,)


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ("account", "organisation", "rank", "valid_from", "valid_until")
    list_filter = ("rank",)
    list_select_related = ("account", "organisation")
    search_fields = ("account__name", "account__user_number", "organisation__agb_code", "organisation__name")


@admin.register(Service)
class ServiceAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "legal_basis")
    list_filter = ("legal_basis",)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "sentence", "outcome", "account", "actor", "organisation", "source_address")
    list_filter = ("outcome", "slug")
    list_select_related = ("account", "actor", "organisation")
    search_fields = ("account__user_number", "organisation__agb_code", "slug")
    fields = (
        "at",
        "sentence",
        "slug",
        "outcome",
        "actor",
        "on_behalf_of",
        "account",
        "organisation",
        "source_address",
        "user_agent",
        "parameters",
    )

    @admin.display(description="gebeurtenis")
    def sentence(self, event: AuditEvent) -> str:
        return sentence_of(event)
