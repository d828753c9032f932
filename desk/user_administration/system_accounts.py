"""The organisation's software: what blocks it, what it used, its certificates, and from where it may call.

Its blocks are lifted by Support alone. The contact person says from which addresses it may call.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.forms import AddressForm
from accounts.http import LOOK_OR_SEND, see_other, way_back
from accounts.kept import first_values, kept_for
from accounts.overlaps_in_words import after_adding, after_removal, stays_allowed, stays_allowed_in_part
from accounts.queries import address_of, addresses_beside, addresses_of, holder_of_address, system_account_of
from accounts.refusals import AddressRegisteredAlready, NotYourOrganisation
from accounts.services import register_address, remove_address
from blocking.queries.probations import live_allowances
from blocking.queries.usage_charts import usage_of
from certificates.queries import certificates_of, readiness_of
from certificates.services import why_not_to_prepare
from desk.cases import SOFTWARE
from desk.refusing import refuse_page
from desk.user_administration.account import block_lines
from desk.user_administration.clients import certificate_lines, named_usage

if TYPE_CHECKING:
    from accounts.models import Account


@require_safe
@contact_person_required
def system_account_page(request: ContactPersonRequest) -> HttpResponse:
    return _page(request, system_account_of(request.organisation), AddressForm(initial=first_values(kept_for(request))))


@require_POST
@way_back("system-certificates")
@contact_person_required
@recent_factor_required(keeps=("network", "note"), form_is_elsewhere=True)
def add_address(request: ContactPersonRequest) -> HttpResponse:
    """Let the organisation's software call from one more address; what cannot be is said on the same page."""
    at = timezone.now()
    account = system_account_of(request.organisation)
    if account is None:
        _refuse(request, at)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, account, form)
    try:
        added = register_address(account, **form.cleaned_data, by=request.actor, at=at)
    except AddressRegisteredAlready as refusal:
        form.add_error("network", refusal.sentence)
        return _page(request, account, form, status=refusal.status)
    told = after_adding(added, addresses_beside(added)) or "Uw software mag daar nu vandaan bevragen."
    messages.success(request, f"Het adres {added.in_words} is toegevoegd. {told}")
    return see_other(reverse("system-certificates"))


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required()
def drop_address(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """Ask by GET, remove by POST; what is not the organisation's own is not there."""
    at = timezone.now()
    account = system_account_of(request.organisation)
    address = address_of(account, public_id) if account else None
    if account is None or address is None:
        _refuse(request, at, holder_of_address(public_id))
    beside = addresses_beside(address)
    if request.method == "POST":
        remove_address(address, by=request.actor, at=at)
        messages.success(request, f"Het adres {address.in_words} is verwijderd. {after_removal(address, beside)}")
        return see_other(reverse("system-certificates"))
    context = {
        "account": account,
        "address": address,
        "is_last": addresses_of(account).count() == 1,
        "stays": stays_allowed(address, beside),
        "stays_in_part": stays_allowed_in_part(address, beside),
    }
    return render(request, "desk/user_administration/address_remove.html", context)


def _refuse(request: ContactPersonRequest, at: datetime, account: Account | None = None) -> NoReturn:
    refuse_page(NotYourOrganisation(), by=request.actor, at=at, account=account)


def _page(request: ContactPersonRequest, account: Account | None, form: Form, *, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {"organisation": request.organisation, "account": account, "form": form}
    if account:
        context |= _of(request, account, timezone.now())
    return render(request, "desk/user_administration/system_account.html", context, status=status)


def _of(request: ContactPersonRequest, account: Account, at: datetime) -> dict[str, object]:
    certificates, usages = list(certificates_of(account)), usage_of(account, at=at)
    allowances = live_allowances(account, [usage.service for usage in usages], at)
    return {
        "lines": block_lines(request, account, at, back=SOFTWARE),
        "services": named_usage(usages, certificates, allowances),
        "certificates": certificate_lines(certificates, at),
        "ready": readiness_of(account, at),
        "may_prepare": why_not_to_prepare(account, at=at) is None,
        "addresses": addresses_of(account),
    }
