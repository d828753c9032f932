"""Asking for an account for somebody new: the form, a look at what was filled in, and the press."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

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
from accounts.queries import room_by_legal_basis
from accounts.refusals import LegalBasisFull
from blocking.forms import NewUserForm
from blocking.services import request_account

if TYPE_CHECKING:
    from accounts.models import Account

# The button of the page where one looks it over, and the one that goes back to the form.
CONFIRMED, CHANGE = "bevestigd", "wijzigen"
KEPT = ("name", "email", "authorisations", "terms")


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required(keeps=KEPT)
def new_user_page(request: ContactPersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _form_page(request, NewUserForm.beginning_with(kept_for(request)))
    form = NewUserForm(request.POST)
    if CHANGE in request.POST:
        return _form_page(request, NewUserForm.beginning_with(request.POST))
    if not form.is_valid():
        return _form_page(request, form)
    return _request(request, form, timezone.now()) if CONFIRMED in request.POST else _review(request, form)


def _request(request: ContactPersonRequest, form: NewUserForm, at: datetime) -> HttpResponse:
    try:
        account = request_account(request.organisation, form.as_wanted(), by=request.actor, at=at)
    except LegalBasisFull as refusal:
        form.add_error("authorisations", refusal.sentence)
        return _form_page(request, form, status=refusal.status)
    messages.success(request, _done(account, request.user))
    return see_other(reverse("account", args=[account.public_id]))


def _done(account: Account, by: Account) -> str:
    if account.state == AccountState.REQUESTED:
        return f"Het account voor {account.name} is aangevraagd. Support kijkt ernaar. U krijgt daarover bericht."
    number = f"Het gebruikersnummer is gemaild naar {by.email}. " if by.email else ""
    return (
        f"Er is een account voor {account.name}. {number}De pincode ligt in de Berichtenbox. Geef de twee apart door."
    )


def _review(request: ContactPersonRequest, form: NewUserForm) -> HttpResponse:
    context = {
        "form": form,
        "wanted": form.cleaned_data,
        "once": form.cleaned_data["once"] or uuid4(),
    }
    return render(request, "desk/user_administration/new_user_review.html", context)


def _form_page(request: ContactPersonRequest, form: NewUserForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "room": room_by_legal_basis(request.organisation)}
    return render(request, "desk/user_administration/new_user.html", context, status=status)
