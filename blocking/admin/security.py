"""Attacks, and reports of "this was not me", in Support's admin: to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.admin_kit.base import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin_kit.filters import OfAccount
from accounts.admin_kit.work import Load, Pile, Work, amount
from blocking.admin.words import end_of
from blocking.models import Episode, Notice, Victim
from blocking.queries.episodes import episodes_with_open_blocks
from blocking.queries.notices import open_reports

REPORTS = "admin:blocking_notice_changelist"
EPISODES = "admin:blocking_episode_changelist"


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


class StandingEpisode(admin.SimpleListFilter):
    title = "toestand"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Met open blokkades")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "1":
            return queryset
        return queryset.filter(pk__in=Victim.objects.filter(block__lifted_at=None).order_by().values("episode"))


class VictimInline(ReadOnlyInline):
    model = Victim
    fields = ("who", "organisation", "reason", "opened_at", "end")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request)
        return found.select_related("block__account__organisation", "block__lifted_by")

    @admin.display(description="account")
    def who(self, victim: Victim) -> str:
        address = reverse("admin:blocking_block_change", args=[victim.block_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, victim.block.account.name)

    @admin.display(description="organisatie")
    def organisation(self, victim: Victim) -> str:
        return str(victim.block.account.organisation or "Support")

    @admin.display(description="blokkade")
    def reason(self, victim: Victim) -> str:
        return victim.block.get_reason_display()

    @admin.display(description="sinds")
    def opened_at(self, victim: Victim) -> datetime:
        return victim.block.opened_at

    @admin.display(description="afloop")
    def end(self, victim: Victim) -> str:
        return end_of(victim.block)


@admin.register(Episode)
class EpisodeAdmin(ReadOnlyAdmin):
    list_display = ("began_at", "kind", "source", "struck", "standing", "last_at")
    list_filter = (StandingEpisode, "kind")
    fields = ("kind", "source", "began_at", "last_at", "struck", "standing")
    inlines = (VictimInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        open_blocks = Count("victims", filter=Q(victims__block__lifted_at=None))
        found: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = found.annotate(n_struck=Count("victims"), n_standing=open_blocks)
        return counted

    @admin.display(description="blokkades")
    def struck(self, episode: Episode) -> int:
        return int(vars(episode)["n_struck"])

    @admin.display(description="nog open")
    def standing(self, episode: Episode) -> int:
        return int(vars(episode)["n_standing"])


def episodes() -> Load:
    count = episodes_with_open_blocks()
    words = amount(count, "aanval met open blokkades", "aanvallen met open blokkades")
    return Load(Pile(count, words, reverse(EPISODES, query={StandingEpisode.parameter_name: "1"})))


def reports() -> Load:
    count = open_reports().count()
    words = amount(count, "melding «dit was ik niet»", "meldingen «dit was ik niet»")
    return Load(Pile(count, words, reverse(REPORTS, query={OpenReport.parameter_name: "1"})))


REPORTS_OF_NOT_ME = Work(rank=5, look=reports)
ATTACKS = Work(rank=6, look=episodes)
