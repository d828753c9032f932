"""What an account may query, and from where: acts on an account's page in Support's admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.actors import actor_of
from accounts.admin_kit.acts import ActPage, ask_or_act, posted
from accounts.admin_kit.base import ReadOnlyAdmin, ReadOnlyInline
from accounts.choices import AccountState
from accounts.forms import AddressForm
from accounts.models import Account, Authorisation, RegisteredAddress, Service
from accounts.overlaps_in_words import after_adding, after_removal, stays_allowed, stays_allowed_in_part
from accounts.queries import addresses_beside
from accounts.refusals import AddressRegisteredAlready, LegalBasisFull, NotASystemAccount
from accounts.services import authorise, register_address, remove_address, withdraw_authorisation

LIST = "admin:accounts_account_changelist"
HOST_BITS = "Van een reeks tellen alleen de eerste cijfers: 192.0.2.7/24 wordt 192.0.2.0/24."


class AuthorisationInline(ReadOnlyInline):
    model = Authorisation
    fields = ("what", "granted_at", "who", "end")
    readonly_fields = ("what", "who", "end")
    fk_name = "account"

    @admin.display(description="dienst")
    def what(self, authorisation: Authorisation) -> str:
        return str(authorisation.service)

    @admin.display(description="verleend door")
    def who(self, authorisation: Authorisation) -> str:
        return str(authorisation.granted_by or "het portaal")

    @admin.display(description="wijzigen")
    def end(self, authorisation: Authorisation) -> SafeString:
        address = reverse("admin:accounts_account_withdraw", args=[authorisation.account_id, authorisation.pk])
        return _way(address, "Intrekken", authorisation.service.name)


class AddressInline(ReadOnlyInline):
    model = RegisteredAddress
    fields = ("network", "note", "registered_at", "who", "end")
    readonly_fields = ("who", "end")
    fk_name = "account"

    @admin.display(description="geregistreerd door")
    def who(self, address: RegisteredAddress) -> str:
        return str(address.registered_by or "het portaal")

    @admin.display(description="wijzigen")
    def end(self, address: RegisteredAddress) -> SafeString:
        way = reverse("admin:accounts_account_remove_address", args=[address.account_id, address.pk])
        return _way(way, "Verwijderen", address.network)


class AuthoriseForm(forms.Form):
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Dienst",
        empty_label="Kies",
        error_messages={
            "required": "Kies een dienst.",
            "invalid_choice": "Kies een dienst uit de lijst. Wat het account al mag, staat daar niet in.",
        },
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services: forms.ModelChoiceField[Service] = self.fields["service"]  # type: ignore[assignment]
        services.queryset = Service.objects.exclude(authorisations__account=account)


class AccountActs(ReadOnlyAdmin):
    """The pages of these acts, for the admin of accounts."""

    def get_urls(self) -> list[URLPattern]:
        view = self.with_recent_factor
        return [
            path("<int:pk>/autoriseren/", view(self.grant, "service"), name="accounts_account_authorise"),
            path("<int:pk>/autorisaties/<int:of>/intrekken/", view(self.withdraw), name="accounts_account_withdraw"),
            path(
                "<int:pk>/adressen/nieuw/", view(self.register, "network", "note"), name="accounts_account_add_address"
            ),
            path("<int:pk>/adressen/<int:of>/verwijderen/", view(self.remove), name="accounts_account_remove_address"),
            *super().get_urls(),
        ]

    def grant(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = _account(pk)
        if not may_query(account):
            raise Http404
        page = _page(account, "Autorisatie geven", "Het account mag de dienst daarna meteen bevragen.")
        page.told_at.update({LegalBasisFull.code: "service"})

        def act(form: forms.Form) -> str:
            service = form.cleaned_data["service"]
            authorise(account, service=service, by=actor_of(request), at=timezone.now())
            return f"{account.name} mag {service.name} nu bevragen."

        form = AuthoriseForm(posted(request), account=account)
        return ask_or_act(request, page, form, act, self.admin_site)

    def withdraw(self, request: HttpRequest, pk: int, of: int) -> HttpResponse:
        account = _account(pk)
        given = account.authorisations.select_related("service").filter(pk=of).first()
        if given is None:
            raise Http404
        service = given.service
        page = _page(
            account,
            "Autorisatie intrekken",
            "Bevragingen van deze dienst worden daarna meteen geweigerd, met 403.",
            ("Dienst", service.name),
        )

        def act(form: forms.Form) -> str:
            withdraw_authorisation(account, service=service, by=actor_of(request), at=timezone.now())
            return f"{account.name} mag {service.name} niet meer bevragen."

        return ask_or_act(request, page, forms.Form(posted(request)), act, self.admin_site)

    def register(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = _account(pk)
        page = _page(account, "Adres toevoegen", f"Software mag daarna ook vanaf dit adres bevragen. {HOST_BITS}")
        page.told_at.update({AddressRegisteredAlready.code: "network", NotASystemAccount.code: "network"})

        def act(form: forms.Form) -> str:
            added = register_address(account, **form.cleaned_data, by=actor_of(request), at=timezone.now())
            more = after_adding(added, addresses_beside(added))
            return " ".join(filter(None, (f"Het adres {added.network} is toegevoegd.", more)))

        return ask_or_act(request, page, AddressForm(posted(request)), act, self.admin_site)

    def remove(self, request: HttpRequest, pk: int, of: int) -> HttpResponse:
        account = _account(pk)
        address = account.registered_addresses.filter(pk=of).first()
        if address is None:
            raise Http404
        beside = addresses_beside(address)
        refused = "Bevragingen vanaf dit adres worden daarna meteen geweigerd, met 403."
        in_part = " ".join(filter(None, (refused, stays_allowed_in_part(address, beside))))
        page = _page(
            account,
            "Adres verwijderen",
            stays_allowed(address, beside) or in_part,
            ("Adres of reeks", address.network),
            ("Omschrijving", address.note or "Geen"),
        )

        def act(form: forms.Form) -> str:
            remove_address(address, by=actor_of(request), at=timezone.now())
            return f"Het adres {address.network} is verwijderd. {after_removal(address, beside)}"

        return ask_or_act(request, page, forms.Form(posted(request)), act, self.admin_site)


def may_query(account: Account) -> bool:
    """Is it an account to give authorisations to: one of an organisation, and not removed?"""
    return account.organisation_id is not None and account.state != AccountState.REMOVED


def _account(pk: int) -> Account:
    found = Account.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(account: Account, title: str, explanation: str, *facts: tuple[str, str]) -> ActPage:
    own_page = reverse("admin:accounts_account_change", args=[account.pk])
    whose = (("Account", account.name), ("Organisatie", str(account.organisation or "Support")))
    return ActPage(
        title=f"{title}: {account.name}",
        button=title,
        back=own_page,
        crumbs=(("Accounts", reverse(LIST)), (account.name, own_page)),
        facts=(*whose, *facts),
        explanation=explanation,
    )


def _way(address: str, words: str, to: str) -> SafeString:
    return format_html('<a href="{}">{}<span class="vp-visually-hidden">: {}</span></a>', address, words, to)
