"""Which services a user may query: ticked per legal basis, and known at the gate at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.choices import AccountState
from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.http import LOOK_OR_SEND, see_other
from accounts.kept import kept_for
from accounts.refusals import LegalBasisFull, NotPersonal, NotToAuthorise
from accounts.services import change_authorisations
from desk.authorisation_form import BASES, AuthorisationForm
from desk.refusing import refuse_page
from desk.user_administration.own_account import own_account

if TYPE_CHECKING:
    from accounts.models import Account


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required(keeps=BASES)
def authorisations_page(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    at = timezone.now()
    account = own_account(request, public_id, at)
    form = AuthorisationForm(request.POST if request.method == "POST" else None, account=account)
    if form.is_valid():
        return _save(request, account, form, at)
    _insist_on_a_user(request, account, at)
    form.begin_with(kept_for(request))
    return _page(request, account, form)


def _save(request: ContactPersonRequest, account: Account, form: AuthorisationForm, at: datetime) -> HttpResponse:
    try:
        change_authorisations(account, services=form.chosen(), by=request.actor, at=at)
    except LegalBasisFull as refusal:
        for basis in refusal.bases:
            form.add_error(basis.value, refusal.sentence_of(basis))
        return _page(request, account, form, status=refusal.status)
    messages.success(request, f"De autorisaties van {account.name} zijn opgeslagen. Ze gelden meteen.")
    return see_other(reverse("account", args=[account.public_id]))


def _insist_on_a_user(request: ContactPersonRequest, account: Account, at: datetime) -> None:
    """Asking is answered as saving would be."""
    if account.is_system:
        refuse_page(NotPersonal(), by=request.actor, at=at, account=account)
    if account.state in {AccountState.REMOVAL_PENDING, AccountState.REMOVED}:
        refuse_page(NotToAuthorise(), by=request.actor, at=at, account=account)


def _page(
    request: ContactPersonRequest, account: Account, form: AuthorisationForm, *, status: int = 200
) -> HttpResponse:
    context = {"account": account, "form": form}
    return render(request, "desk/user_administration/authorisations.html", context, status=status)
