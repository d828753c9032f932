"""Reports of "this was not me" in Support's admin, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.admin_base import ReadOnlyAdmin
from accounts.admin_filters import OfAccount
from accounts.admin_work import Load, Pile, Work, amount
from blocking.models import Notice
from blocking.queries.notices import open_reports

REPORTS = "admin:blocking_notice_changelist"


class OpenReport(admin.SimpleListFilter):
    title = "toestand"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Account nog geblokkeerd"), ("0", "Blokkade opgeheven")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "1":
            return queryset.filter(block__lifted_at=None)
        return queryset.exclude(block__lifted_at=None) if self.value() == "0" else queryset


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("account", "kind", "denied_at", "end")
    list_filter = (OpenReport, OfAccount, "kind")
    list_select_related = ("account", "block")
    fields = ("account", "kind", "told_at", "denied_at", "denied_from", "way_to_block")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Only what somebody answered: the others are mails as any."""
        return super().get_queryset(request).filter(denied_at__isnull=False)

    @admin.display(description="afloop", ordering="block__lifted_at")
    def end(self, notice: Notice) -> str:
        return "Account nog geblokkeerd" if notice.block and notice.block.is_open else "Blokkade opgeheven"

    @admin.display(description="blokkade")
    def way_to_block(self, notice: Notice) -> str:
        address = reverse("admin:blocking_block_change", args=[notice.block_id])
        return format_html('<a href="{}">{}</a>', address, notice.block)


def reports() -> Load:
    count = open_reports().count()
    words = amount(count, "melding «dit was ik niet»", "meldingen «dit was ik niet»")
    return Load(Pile(count, words, reverse(REPORTS, query={OpenReport.parameter_name: "1"})))


REPORTS_OF_NOT_ME = Work(rank=5, look=reports)
