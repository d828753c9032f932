"""Letters with a PIN in Support's admin: ordered from an account's page, downloaded once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from accounts.actors import actor_of
from accounts.admin_kit.acts import ActPage, ask_or_act, posted
from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.admin_kit.filters import OfAccount
from accounts.admin_kit.work import Load, Pile, Work, amount
from accounts.decorators import recent_factor_required
from accounts.http import way_back
from blocking.choices import LetterState
from blocking.letter_paper import what_is_missing
from blocking.models import PinLetter
from blocking.queries.support_desk import account_at_support
from blocking.services import download_letter, order_letter

LIST = "admin:blocking_pinletter_changelist"
EXPLANATION = (
    "De oude pincode werkt meteen niet meer. De nieuwe komt in een brief, die u één keer downloadt, print en naar het "
    "correspondentieadres stuurt. Ga eerst na wie erom vraagt. Het gebruikersnummer staat niet in de brief: stuur het "
    "er ook niet bij."
)


@admin.register(PinLetter)
class PinLetterAdmin(ReadOnlyAdmin):
    list_display = ("account", "organisation", "state", "ordered_at", "ordered_by")
    list_filter = ("state", OfAccount)
    list_select_related = ("account__organisation", "ordered_by")
    fields = ("account", "organisation", "post_to", "state", "ordered_at", "ordered_by", "ended_at", "downloaded_by")
    change_form_template = "admin/blocking/pinletter/change_form.html"

    @admin.display(description="organisatie", ordering="account__organisation__name")
    def organisation(self, letter: PinLetter) -> str:
        return str(letter.account.organisation)

    @admin.display(description="correspondentieadres")
    def post_to(self, letter: PinLetter) -> str:
        organisation = letter.account.organisation
        return organisation.correspondence_address if organisation else ""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        letter = context["original"]
        context["is_ready"] = letter.state == LetterState.READY
        context["missing"] = what_is_missing() if letter.state == LetterState.WAITING else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        order = self.with_recent_factor(self.order)
        download = view(way_back("admin:blocking_pinletter_changelist")(recent_factor_required()(self.download)))
        return [
            path("nieuw/", order, name="blocking_pinletter_order"),
            path("<int:pk>/downloaden/", download, name="blocking_pinletter_download"),
            *super().get_urls(),
        ]

    def order(self, request: HttpRequest) -> HttpResponse:
        """For the account that `account` names."""
        account = account_at_support(request.GET.get("account", ""))
        if account is None or account.organisation is None:
            raise Http404

        def act(form: forms.Form) -> str:
            order_letter(account, by=actor_of(request), at=timezone.now())
            return f"De brief voor {account.name} wordt gemaakt. Ververs deze bladzijde, en download hem dan."

        page = ActPage(
            title=f"Brief met nieuwe pincode: {account.name}",
            button="Brief maken",
            back=reverse(LIST, query={"account": account.pk}),
            crumbs=(("Brieven met pincode", reverse(LIST)),),
            facts=(
                ("Account", account.name),
                ("Organisatie", str(account.organisation)),
                ("Correspondentieadres", account.organisation.correspondence_address or "Niet bekend"),
            ),
            explanation=what_is_missing() or EXPLANATION,
        )
        return ask_or_act(request, page, forms.Form(posted(request)), act, self.admin_site)

    @method_decorator([require_POST, csrf_protect, never_cache])
    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file itself is the answer: it is handed over once, so no other page can show it."""
        letter = PinLetter.objects.select_related("account__organisation").filter(pk=pk).first()
        if letter is None:
            raise Http404
        pdf = download_letter(letter, by=actor_of(request), at=timezone.now())
        messages.success(request, "De brief is gedownload, en hier gewist.")
        answer = HttpResponse(pdf, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="brief-met-pincode.pdf"'
        return answer


def letters_ready() -> Load:
    count = PinLetter.objects.filter(state=LetterState.READY).count()
    words = amount(count, "brief met pincode te versturen", "brieven met pincode te versturen")
    return Load(Pile(count, words, reverse(LIST, query={"state__exact": LetterState.READY.value})))


READY = Work(rank=35, look=letters_ready)
