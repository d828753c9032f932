"""Taking away a second factor that somebody lost: an act on an account's page in Support's admin."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.actors import actor_of
from accounts.admin_kit.acts import ActPage, ask_or_act, posted
from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.choices import IdentityCheck
from accounts.forms import identity_check_field, reason_for_support
from accounts.models import Account
from accounts.queries import factors_of
from accounts.refusals import NoReasonGiven
from accounts.services import reset_factors
from accounts.shown_certificates import must_show_certificate

LIST = "admin:accounts_account_changelist"
EXPLANATION = (
    "De code-app, passkeys, herstelcodes en UZI-pas werken daarna niet meer, en het account wordt overal uitgelogd. "
    "Een contactpersoon of collega koppelt bij de volgende keer inloggen een nieuwe tweede factor. Een andere "
    "gebruiker logt daarna in met alleen het wachtwoord, en leest op Mijn account dat er geen tweede factor meer is. "
    "Wie alleen het wachtwoord kent, kan dus inloggen: ga daarom eerst na wie erom vraagt, via een nummer of adres "
    "dat al geregistreerd stond. De gebruiker krijgt bericht per e-mail."
)


class ResetForm(forms.Form):
    check = identity_check_field()
    reason = reason_for_support("Waarom neemt u de tweede factor weg?")


class FactorActs(ReadOnlyAdmin):
    """The page of this act, for the admin of accounts."""

    def get_urls(self) -> list[URLPattern]:
        reset = self.with_recent_factor(self.reset, "check", "reason")
        return [path("<int:pk>/tweede-factor/", reset, name="accounts_account_reset_factors"), *super().get_urls()]

    def reset(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = Account.objects.select_related("organisation").filter(pk=pk).first()
        if account is None or not has_factor(account):
            raise Http404

        def act(form: forms.Form) -> str:
            typed = form.cleaned_data
            check = IdentityCheck(typed["check"])
            reset_factors(account, check=check, reason=typed["reason"], by=actor_of(request), at=timezone.now())
            return f"De tweede factor van {account.name} is weggenomen."

        form = ResetForm(posted(request))
        return ask_or_act(request, _page(account), form, act, self.admin_site)


def has_factor(account: Account) -> bool:
    """Is there one to take away? A card or certificate is one too."""
    return factors_of(account).is_any or must_show_certificate(account, timezone.now())


def _page(account: Account) -> ActPage:
    own_page = reverse("admin:accounts_account_change", args=[account.pk])
    return ActPage(
        title=f"Tweede factor wegnemen: {account.name}",
        button="Tweede factor wegnemen",
        back=own_page,
        crumbs=(("Accounts", reverse(LIST)), (account.name, own_page)),
        facts=(
            ("Account", account.name),
            ("Organisatie", str(account.organisation or "Support")),
            ("Telefoon van de organisatie", account.organisation.phone if account.organisation else ""),
            ("E-mailadres", account.email),
        ),
        explanation=EXPLANATION,
        told_at={NoReasonGiven.code: "reason"},
    )
