"""How Support's admin shows things: to read, never to edit; acts are buttons that call services."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin import ShowFacets, SimpleListFilter
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst

from accounts.admin_kit.additions import Link, additions_of
from accounts.decorators import recent_factor_required

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:  # Django's own classes are not generic at run time
    ModelAdmin, TabularInline = admin.ModelAdmin, admin.TabularInline


class ReadOnlyAdmin(ModelAdmin):
    """A list and a page to read, with what higher floors add to them. State is never a form field."""

    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    actions = None
    empty_value_display = "–"
    # Lists of what belongs to an object, on its page.
    links: tuple[Link, ...] = ()

    def with_recent_factor(self, act: Callable[..., HttpResponse], *keeps: str) -> Callable[..., HttpResponse]:
        """The view of an act that matters. `keeps`: the fields that wait while a second factor is asked."""
        return self.admin_site.admin_view(recent_factor_required(keeps=keeps)(act))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        added = (each for addition in additions_of(self.model) for each in addition.prefetch)
        return super().get_queryset(request).prefetch_related(*added)

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        added = (column for addition in additions_of(self.model) for column in addition.columns)
        return (*super().get_list_display(request), *added)

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        added = (each for addition in additions_of(self.model) for each in addition.filters)
        return (*super().get_list_filter(request), *added)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        added = (each for addition in additions_of(self.model) for each in addition.inlines)
        return [*super().get_inlines(request, obj), *added]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the list itself offers: any other would let Support feel for hashes, letter by letter, and some
        make PostgreSQL refuse the whole statement (`__regex=(`)."""
        offered = self.get_list_filter(request)
        own = {each.parameter_name for each in offered if isinstance(each, type) and issubclass(each, SimpleListFilter)}
        fields = [each for each in offered if isinstance(each, str)]
        return lookup in own or lookup.removesuffix("__exact") in fields

    def heading_of(self, thing: Any) -> str:
        """What an object's page is called."""
        return str(thing)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        thing = context["original"]
        additions = additions_of(self.model)
        links = (*self.links, *(link for addition in additions for link in addition.links))
        context |= {
            "title": self.heading_of(thing),
            "subtitle": None,
            "links": [(link.text, link.address(thing)) for link in links],
            "remarks": [remark for addition in additions for remark in addition.remarks(thing)],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Nothing is edited here, so Django's own history stays empty; what happened is in the log."""
        raise Http404

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyInline(TabularInline):
    template = "admin/read_only_inline.html"
    empty_value_display = "–"
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
