"""Support cases in Support's admin: the queue, the page of a case, and a page for every act on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

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
from accounts.decorators import recent_factor_required
from accounts.http import see_other
from accounts.kept import first_values, kept_for
from accounts.models import Account
from accounts.refusals import Refusal
from blocking.admin.case_acts import ACTS, Act
from blocking.admin.case_filters import AssigneeFilter, CappedPaginator, CaseStateFilter
from blocking.admin.case_page import case_context
from blocking.admin.words import cause_of
from blocking.forms import ActForm, NewCaseForm, TakeForm
from blocking.models import Block, SupportCase
from blocking.queries.case_desk import case_at_support, mistaken_case, possible
from blocking.queries.support_desk import open_block_at_support, other_open_blocks
from blocking.refusals import CaseChanged
from blocking.services import open_case, record_act_refused

CASE = "admin:blocking_supportcase_change"


@admin.register(SupportCase)
class SupportCaseAdmin(ReadOnlyAdmin):
    list_display = ("number", "opened_at", "whose", "about", "assignee", "channel", "state")
    list_filter = (CaseStateFilter, AssigneeFilter, OfAccount, OfOrganisation, "channel")
    list_select_related = ("account", "organisation", "block__service", "assignee")
    search_fields = ("=number", "account__name", "=quoted_user_number", "=quoted_agb_code")
    search_help_text = "Zoek op nummer van het verzoek, naam, gebruikersnummer of AGB-code."
    ordering = ("opened_at", "pk")
    paginator = CappedPaginator
    change_list_template = "admin/blocking/case/change_list.html"
    change_form_template = "admin/blocking/case/change_form.html"
    fields: ClassVar[tuple[str, ...]] = ("number",)

    def heading_of(self, thing: SupportCase) -> str:
        return f"Supportverzoek {thing.number}"

    @admin.display(description="organisatie en account", ordering="organisation__name")
    def whose(self, case: SupportCase) -> str:
        if case.account is None:
            return "Onbekend: de nummers horen niet bij elkaar"
        return f"{case.organisation.name if case.organisation else 'Support'}: {case.account.name}"

    @admin.display(description="reden van de blokkade")
    def about(self, case: SupportCase) -> str:
        return case.block.reason_in_words if case.block else "Nog niet gekozen"

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        acts = [path(f"<int:pk>/{act.slug}/", guarded(self._view_of(act)), name=act.url_name) for act in ACTS.values()]
        return [path("nieuw/", guarded(self.new), name="blocking_supportcase_new"), *acts, *super().get_urls()]

    def _view_of(self, act: Act) -> Callable[..., HttpResponse]:
        """An act that matters asks for a recent second factor first."""
        view = partial(self.act, act=act)
        return recent_factor_required(keeps=act.keeps)(view) if act.matters else view

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        case = case_at_support(context["original"].pk)
        assert case is not None  # noqa: S101 - it was found a moment ago
        context |= case_context(case, by=actor_of(request), at=timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(csrf_protect)
    def new(self, request: HttpRequest) -> HttpResponse:
        """Write down what a caller says; `blokkade` names the block that Support looked at meanwhile,
        `verbetert` the case that was written down with a wrong number."""
        about = open_block_at_support(request.GET.get("blokkade", ""))
        mistaken = mistaken_case(request.GET.get("verbetert", ""))
        form = NewCaseForm(request.POST if request.method == "POST" else None, about=about, instead_of=mistaken)
        status = 200
        if form.is_valid():
            try:
                case = open_case(**form.as_case(), by=actor_of(request), at=timezone.now())
            except Refusal as refusal:
                form.add_error(None, refusal.sentence)
                status = refusal.status
            else:
                return see_other(reverse(CASE, args=[case.pk]))
        # Not "block": inside a template block that is the name of the block tag itself.
        context = {"title": "Nieuw supportverzoek", "form": form, "open_block": about, "mistaken": mistaken}
        return self._page(request, "admin/blocking/case/new.html", context | _cause(about), status)

    @method_decorator(csrf_protect)
    def act(self, request: HttpRequest, pk: int, *, act: Act) -> HttpResponse:
        """Ask, and at a press do it; where it is not possible now, say why."""
        case = case_at_support(pk)
        if case is None:
            raise Http404
        by, at = actor_of(request), timezone.now()
        form = act.form(request.POST if request.method == "POST" else None, case=case, by=_staff(request), at=at)
        form.initial.update(first_values(kept_for(request)))
        if isinstance(form, TakeForm) and form.taken_meanwhile:
            return self._taken_meanwhile(request, case, act, form)
        if not form.is_valid():
            return self._incomplete(request, case, act, form)
        try:
            act.service(case, by=by, at=at, **form.as_act())
        except Refusal as refusal:
            return self._refused(request, act, form, refusal)
        messages.success(request, act.done(case))
        _tell_what_stays(request, act, case)
        return see_other(reverse(CASE, args=[pk]))

    def _taken_meanwhile(self, request: HttpRequest, case: SupportCase, act: Act, form: TakeForm) -> HttpResponse:
        """A colleague was first: that is said, and taking it over is another decision, with a reason."""
        refusal = CaseChanged()
        record_act_refused(refusal, case=case, by=actor_of(request), at=timezone.now())
        return self._act_page(request, case, act, form.asked_anew(), status=refusal.status, first=form.taken_meanwhile)

    def _incomplete(self, request: HttpRequest, case: SupportCase, act: Act, form: ActForm) -> HttpResponse:
        """Ask, or ask again. A press that would be refused whatever was filled in is refused, and audited, as such."""
        by, at = actor_of(request), timezone.now()
        refusal = act.refused(possible(case, by=by, at=at)) if form.is_bound else None
        if refusal is None:
            return self._act_page(request, case, act, form)
        record_act_refused(refusal, case=case, by=by, at=at)
        return self._act_page(request, case, act, form, status=refusal.status, why_not=refusal.sentence)

    def _refused(self, request: HttpRequest, act: Act, form: ActForm, refusal: Refusal) -> HttpResponse:
        """At the field that it is about; else nothing can be mended here, and the sentence stands alone."""
        field = form.about.get(refusal.code)
        case = case_at_support(form.case.pk)
        assert case is not None  # noqa: S101 - cases are never deleted
        if field in form.fields:
            form.add_error(field, refusal.sentence)
            return self._act_page(request, case, act, form, status=refusal.status)
        return self._act_page(request, case, act, form, status=refusal.status, why_not=refusal.sentence)

    def _act_page(
        self,
        request: HttpRequest,
        case: SupportCase,
        act: Act,
        form: ActForm,
        *,
        status: int = 200,
        why_not: str = "",
        first: str = "",
    ) -> HttpResponse:
        refusal = why_not or act.why_not(possible(case, by=actor_of(request), at=timezone.now()))
        context = {
            "title": f"{act.heading}: {case.number}",
            "case": case,
            "act": act,
            "form": form,
            "refusal": refusal,
            "first": first,
            "open_block": case.block,
        }
        return self._page(request, "admin/blocking/case/act.html", context | _cause(case.block), status)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        whole = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return render(request, template, whole, status=status)


def _tell_what_stays(request: HttpRequest, act: Act, case: SupportCase) -> None:
    """After a lift: what keeps the account blocked all the same."""
    lifted = case.block if act is ACTS["toekennen"] else None
    still_open = ", ".join(other.get_reason_display() for other in other_open_blocks(lifted)) if lifted else ""
    if still_open:
        messages.warning(request, f"Het account blijft geblokkeerd. Ook open: {still_open}.")


def _cause(block: Block | None) -> dict[str, str]:
    return {"cause": cause_of(block) if block else ""}


def _staff(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101 - the site lets nobody else in
    return request.user
