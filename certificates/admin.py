"""Certificates in Support's admin: to read, to revoke, and to make ready again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.actors import actor_of
from accounts.admin_kit.acts import ActPage, ask_or_act, posted
from accounts.admin_kit.additions import Addition, Link, Remark, add_to
from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.admin_kit.filters import OfAccount
from accounts.admin_kit.work import Load, Pile, Work, amount, register_work
from accounts.models import Account
from blocking.queries.support_desk import account_at_support
from certificates.choices import CertificateState, RevocationReason
from certificates.forms import RevokeForm
from certificates.in_words import standing_in_words
from certificates.models import Certificate, UziCard
from certificates.policy import READY_FOR
from certificates.queries import certificate_at_support, ending_soon, newest_issued_to, readiness_of, standings_of
from certificates.services import make_ready, revoke_certificate

LIST = "admin:certificates_certificate_changelist"
HOW_IT_CAME = (
    "account",
    "standing",
    "subject",
    "issuer",
    "serial",
    "fingerprint",
    "valid_from",
    "valid_until",
    "registered_at",
    "authority",
)
HOW_IT_ENDED = ("revoked_at", "revoked_by", "revocation_reason")


class EndFilter(admin.SimpleListFilter):
    title = "einde"
    parameter_name = "einde"
    SOON = "binnenkort"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.SOON, "Verloopt binnen 30 dagen")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != self.SOON:
            return queryset
        return queryset.filter(pk__in=ending_soon(timezone.now()).values("pk"))


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ("account", "subject", "standing", "valid_until")
    list_filter = (OfAccount, EndFilter, "state")
    list_select_related = ("account", "revoked_by")
    search_fields = ("account__user_number", "subject", "fingerprint", "serial")
    search_help_text = "Zoek op gebruikersnummer, houder, vingerafdruk of serienummer."

    def get_fields(self, request: HttpRequest, obj: Certificate | None = None) -> tuple[str, ...]:
        is_revoked = obj is not None and obj.state == CertificateState.REVOKED
        return HOW_IT_CAME + HOW_IT_ENDED if is_revoked else HOW_IT_CAME

    @admin.display(description="toestand", ordering="valid_until")
    def standing(self, certificate: Certificate) -> str:
        return standings_of([certificate], timezone.now())[0].label

    def get_urls(self) -> list[URLPattern]:
        view = self.with_recent_factor
        return [
            path("klaarzetten/", view(self.ready), name="certificates_certificate_ready"),
            path("<int:pk>/intrekken/", view(self.revoke, "reason", "note"), name="certificates_certificate_revoke"),
            *super().get_urls(),
        ]

    def ready(self, request: HttpRequest) -> HttpResponse:
        """Make a certificate ready for the account that `account` names: for the first time, or again."""
        account = account_at_support(request.GET.get("account", ""))
        if account is None:
            raise Http404
        page = _ready_page(account)

        def act(form: forms.Form) -> str:
            make_ready(account, by=actor_of(request), at=timezone.now())
            return f"Voor {account.name} staat nu een certificaat klaar. De contactpersonen hebben bericht gekregen."

        return ask_or_act(request, page, forms.Form(posted(request)), act, self.admin_site)

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        certificate = certificate_at_support(pk)
        if certificate is None:
            raise Http404
        page = _revoke_page(certificate)

        def act(form: forms.Form) -> str:
            reason, note = RevocationReason(form.cleaned_data["reason"]), form.cleaned_data["note"]
            revoke_certificate(certificate, by=actor_of(request), at=timezone.now(), reason=reason, note=note)
            return f"Het certificaat van {certificate.account.name} is ingetrokken en wordt overal geweigerd."

        return ask_or_act(request, page, RevokeForm(posted(request)), act, self.admin_site)


@admin.register(UziCard)
class UziCardAdmin(ReadOnlyAdmin):
    """Who linked which card. It is unlinked by that person, or with all factors by Support's reset."""

    list_display = ("account", "uzi_number", "card_type", "linked_at")
    list_filter = (OfAccount,)
    list_select_related = ("account",)
    search_fields = ("account__user_number", "uzi_number")
    search_help_text = "Zoek op gebruikersnummer of UZI-nummer."
    fields = ("account", "uzi_number", "card_type", "subscriber_number", "linked_at")


def _ready_page(account: Account) -> ActPage:
    own_page = reverse("admin:accounts_account_change", args=[account.pk])
    return ActPage(
        title=f"Certificaat klaarzetten: {account.name}",
        button="Certificaat klaarzetten",
        back=own_page,
        crumbs=(("Accounts", reverse("admin:accounts_account_changelist")), (account.name, own_page)),
        facts=(("Account", account.name), ("Organisatie", str(account.organisation or "Support"))),
        explanation=(
            f"Het certificaat kan daarna {READY_FOR.days} dagen worden geïnstalleerd, met het gebruikersnummer en de "
            "pincode. Wat het account al heeft, werkt tot dan door en wordt bij het installeren ingetrokken."
        ),
    )


def _revoke_page(certificate: Certificate) -> ActPage:
    own_page = reverse("admin:certificates_certificate_change", args=[certificate.pk])
    return ActPage(
        title=f"Certificaat intrekken: {certificate.account.name}",
        button="Certificaat intrekken",
        back=own_page,
        crumbs=(("Certificaten", reverse(LIST)), (certificate.subject, own_page)),
        facts=(
            ("Account", certificate.account.name),
            ("Houder", certificate.subject),
            ("Geldig tot", date_format(timezone.localtime(certificate.valid_until), "j F Y")),
        ),
        explanation="Intrekken is voorgoed: software die met dit certificaat werkt, wordt meteen geweigerd.",
    )


def certificate_remarks(certificate: Certificate) -> Iterator[Remark]:
    if certificate.state != CertificateState.REVOKED:
        address = reverse("admin:certificates_certificate_revoke", args=[certificate.pk])
        standing = standings_of([certificate], timezone.now())[0]
        told = standing_in_words(certificate, standing, is_newest=newest_issued_to(certificate.account) == certificate)
        sentence = "Is de sleutel kwijt of gestolen, of is het certificaat niet meer nodig? Trek het dan in."
        yield Remark(standing.label, f"{told} {sentence}", address, "Certificaat intrekken")


def account_remarks(account: Account) -> Iterator[Remark]:
    ready = readiness_of(account, timezone.now())
    if ready:
        until = date_format(timezone.localtime(ready.made_ready_at + READY_FOR), "j F Y")
        yield Remark("Certificaat klaargezet", f"Het kan worden geïnstalleerd tot {until}.")


def certificates_that_end() -> Load:
    count = ending_soon(timezone.now()).count()
    words = amount(count, "certificaat dat binnenkort verloopt", "certificaten die binnenkort verlopen")
    return Load(Pile(count, words, reverse(LIST, query={EndFilter.parameter_name: EndFilter.SOON})))


add_to(Certificate, Addition(remarks=certificate_remarks))
add_to(
    Account,
    Addition(
        links=(
            Link("Certificaten", LIST, "account"),
            Link("Certificaat klaarzetten", "admin:certificates_certificate_ready", "account"),
        ),
        remarks=account_remarks,
    ),
)
register_work(Work(rank=35, look=certificates_that_end))
