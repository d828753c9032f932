"""What happened, in Support's admin."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.admin_kit.filters import EventFilter, OfAccount, OfOrganisation
from accounts.audit_sentences import sentence_of
from accounts.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "sentence", "outcome", "account", "actor", "organisation", "source_address")
    list_filter = (OfAccount, OfOrganisation, "outcome", EventFilter)
    list_select_related = ("account", "actor", "organisation")
    search_fields = ("account__user_number", "organisation__agb_code", "slug")
    search_help_text = "Zoek op gebruikersnummer, AGB-code of code van de gebeurtenis."
    fields = (
        "at",
        "code",
        "outcome",
        "actor",
        "on_behalf_of",
        "account",
        "organisation",
        "source_address",
        "user_agent",
        "parameters",
    )

    def heading_of(self, thing: AuditEvent) -> str:
        return sentence_of(thing)

    @admin.display(description="code")
    def code(self, event: AuditEvent) -> str:
        return event.slug

    @admin.display(description="gebeurtenis")
    def sentence(self, event: AuditEvent) -> str:
        return sentence_of(event)
