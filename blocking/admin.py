"""Blocks in Support's admin: to read, and to lift by a button that calls the same service."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.actors import actor_of
from accounts.admin_additions import add_to
from accounts.admin_base import ReadOnlyAdmin
from accounts.admin_filters import OfAccount, OfOrganisation
from accounts.admin_pictures import register_picture
from accounts.admin_work import register_work
from accounts.http import see_other
from accounts.models import Account, Organisation
from blocking import admin_quota  # noqa: F401  # registers itself
from blocking.admin_accounts import ON_ACCOUNTS, ON_ORGANISATIONS
from blocking.admin_pictures import BLOCKS_PER_DAY
from blocking.admin_words import cause_of, end_of
from blocking.admin_work import OPEN_BLOCKS, VOID_SECRETS
from blocking.choices import BlockReason
from blocking.forms import SupportLiftForm
from blocking.models import Block
from blocking.queries.support_desk import block_at_support, other_open_blocks, rule_of, support_verdict
from blocking.refusals import LiftRefused, refusal_of
from blocking.services import lift_block


class OpenFilter(admin.SimpleListFilter):
    title = "toestand"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Open"), ("0", "Opgeheven")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "1":
            return queryset.filter(lifted_at=None)
        return queryset.exclude(lifted_at=None) if self.value() == "0" else queryset


HOW_IT_CAME = (
    "account",
    "organisation",
    "reason",
    "scope",
    "opened_at",
    "cause",
    "client",
    "source_address",
    "user_agent",
)
HOW_IT_ENDED = ("lifted_at", "lifted_by", "lift_channel", "lift_caller", "lift_reason", "lift_note")


@admin.register(Block)
class BlockAdmin(ReadOnlyAdmin):
    list_display = ("account", "organisation", "reason", "opened_at", "end")
    list_filter = (OpenFilter, OfAccount, OfOrganisation, "reason", "lift_channel")
    list_select_related = ("account__organisation", "lifted_by")
    search_fields = ("account__user_number", "account__name", "account__organisation__agb_code")
    search_help_text = "Zoek op naam, gebruikersnummer of AGB-code."
    change_form_template = "admin/blocking/block/change_form.html"

    def get_fields(self, request: HttpRequest, obj: Block | None = None) -> tuple[str, ...]:
        """How it came about, and only of a lifted one how it ended."""
        fields = HOW_IT_CAME if obj and obj.is_open else HOW_IT_CAME + HOW_IT_ENDED
        only_password = {"scope"} if obj and obj.reason != BlockReason.PASSWORD else set()
        return tuple(field for field in fields if field not in only_password)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("service")

    @admin.display(description="organisatie", ordering="account__organisation__name")
    def organisation(self, block: Block) -> str:
        return str(block.account.organisation or "Support")

    @admin.display(description="afloop", ordering="lifted_at")
    def end(self, block: Block) -> str:
        return end_of(block)

    @admin.display(description="waardoor")
    def cause(self, block: Block) -> str:
        return cause_of(block)

    def get_urls(self) -> list[URLPattern]:
        lift = self.admin_site.admin_view(self.lift)
        return [path("<int:pk>/opheffen/", lift, name="blocking_block_lift"), *super().get_urls()]

    def lift(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask on whose request and why, then lift; where there is nothing to lift, say why."""
        block = block_at_support(pk)
        if block is None:
            raise Http404
        form = SupportLiftForm(request.POST if request.method == "POST" else None, rule=rule_of(block))
        if form.is_valid():
            return self._lift(request, block, form)
        return self._lift_page(request, block, form)

    def _lift(self, request: HttpRequest, block: Block, form: SupportLiftForm) -> HttpResponse:
        try:
            lift_block(block, by=actor_of(request), at=timezone.now(), **form.as_lift())
        except LiftRefused as refusal:
            form.tell(refusal)
            block.refresh_from_db()
            return self._lift_page(request, block, form, status=refusal.status)
        _tell_lifted(request, block)
        return see_other(reverse("admin:blocking_block_change", args=[block.pk]))

    def _lift_page(
        self, request: HttpRequest, block: Block, form: SupportLiftForm, *, status: int = 200
    ) -> HttpResponse:
        verdict = support_verdict(block, actor_of(request), timezone.now())
        if request.method == "POST" and not verdict.is_allowed:
            status = refusal_of(verdict).status
        context = self.admin_site.each_context(request) | {
            "title": f"Blokkade opheffen: {block.account.name}",
            # Not "block": inside a template block that is the name of the block tag itself.
            "open_block": block,
            "cause": cause_of(block),
            "other_blocks": other_open_blocks(block),
            "refusal": "" if verdict.is_allowed else verdict.sentence,
            "form": form,
            "opts": self.opts,
        }
        return render(request, "admin/blocking/block/lift.html", context, status=status)


def _tell_lifted(request: HttpRequest, block: Block) -> None:
    mailed = " De rechtmatige gebruiker krijgt bericht per e-mail." if block.account.email else ""
    messages.success(request, f"De blokkade van {block.account.name} is opgeheven.{mailed}")
    still_open = ", ".join(other.get_reason_display() for other in other_open_blocks(block))
    if still_open:
        messages.warning(request, f"Het account blijft geblokkeerd. Ook open: {still_open}.")


register_picture(BLOCKS_PER_DAY)
register_work(OPEN_BLOCKS)
register_work(VOID_SECRETS)
add_to(Account, ON_ACCOUNTS)
add_to(Organisation, ON_ORGANISATIONS)
