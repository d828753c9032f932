"""Blocks in Support's admin: to read, to ask for by a case, and to place on an account."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

from accounts.actors import actor_of
from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.admin_kit.filters import OfAccount, OfOrganisation
from accounts.http import see_other
from accounts.kept import first_values, kept_for
from accounts.models import Account
from accounts.refusals import Refusal
from blocking.admin.words import cause_of, end_of
from blocking.choices import BlockReason
from blocking.forms import SupportBlockForm
from blocking.models import Block
from blocking.queries.cases import open_case_of
from blocking.queries.support_desk import account_at_support, placed_by, reason_of_support
from blocking.services import place_support_block, record_block_refused, why_not_to_block


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
    "placed_by",
    "reason_of_support",
    "client",
    "source_address",
    "user_agent",
)
ONLY_OF = {"scope": BlockReason.PASSWORD, "placed_by": BlockReason.SUPPORT, "reason_of_support": BlockReason.SUPPORT}
HOW_IT_ENDED = ("lifted_at", "lifted_by", "lift_channel", "lift_caller", "lift_case", "lift_reason", "lift_note")


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
        others = {field for field, reason in ONLY_OF.items() if obj and obj.reason != reason}
        return tuple(field for field in fields if field not in others)

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

    @admin.display(description="geblokkeerd door")
    def placed_by(self, block: Block) -> str:
        return placed_by(block)

    @admin.display(description="waarom Support blokkeerde")
    def reason_of_support(self, block: Block) -> str:
        return reason_of_support(block)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["open_case"] = open_case_of(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        place = self.with_recent_factor(self.place, "reason")
        return [path("plaatsen/", place, name="blocking_block_place"), *super().get_urls()]

    @method_decorator(csrf_protect)
    def place(self, request: HttpRequest) -> HttpResponse:
        """Block the account that `account` names: ask why, then do it; where that may not be, say why not."""
        account = account_at_support(request.GET.get("account", ""))
        if account is None:
            raise Http404
        by, at = actor_of(request), timezone.now()
        kept = first_values(kept_for(request))
        form = SupportBlockForm(request.POST if request.method == "POST" else None, initial=kept)
        refusal = why_not_to_block(account, by=by, at=at)
        if form.is_valid():
            try:
                block = place_support_block(account, by=by, at=at, **form.cleaned_data)
            except Refusal as refused:
                refusal = refused
            else:
                messages.success(request, f"{account.name} is geblokkeerd en overal uitgelogd.")
                return see_other(reverse("admin:blocking_block_change", args=[block.pk]))
        elif refusal and form.is_bound:
            record_block_refused(account, refusal, by=by, at=at)
        return self._place_page(request, account, form, refusal)

    def _place_page(
        self, request: HttpRequest, account: Account, form: SupportBlockForm, refusal: Refusal | None
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": f"Account blokkeren: {account.name}",
            "account": account,
            "refusal": refusal.sentence if refusal else "",
            "form": form,
            "opts": self.opts,
        }
        status = refusal.status if refusal and request.method == "POST" else 200
        return render(request, "admin/blocking/block/place.html", context, status=status)
