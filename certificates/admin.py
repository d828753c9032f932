"""Certificates in Support's admin: to read only."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin_additions import Addition, Link, add_to
from accounts.admin_base import ReadOnlyAdmin
from accounts.admin_filters import OfAccount
from accounts.models import Account
from certificates.models import Certificate


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ("account", "subject", "state", "valid_until")
    list_filter = (OfAccount, "state")
    list_select_related = ("account",)
    search_fields = ("account__user_number", "subject", "fingerprint", "serial")
    search_help_text = "Zoek op gebruikersnummer, houder, vingerafdruk of serienummer."
    fields = (
        "account",
        "state",
        "subject",
        "issuer",
        "serial",
        "fingerprint",
        "valid_from",
        "valid_until",
        "registered_at",
    )


add_to(Account, Addition(links=(Link("Certificaten", "admin:certificates_certificate_changelist", "account"),)))
