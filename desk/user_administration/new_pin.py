"""A new PIN for somebody of the own organisation: the page asks, the press issues it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.http import LOOK_OR_SEND, see_other
from blocking.queries.offers import offers_of
from blocking.services import renew_pin, why_not_to_renew_pin
from desk.refusing import refuse_page
from desk.user_administration.own_account import own_account


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required()
def new_pin_page(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """Raises what `renew_pin` raises, also for who only asks."""
    at = timezone.now()
    account = own_account(request, public_id, at)
    if request.method == "POST":
        message = renew_pin(account, by=request.actor, at=at)
        messages.success(
            request, f"De nieuwe pincode van {account.name} ligt in de Berichtenbox. De oude werkt niet meer."
        )
        return see_other(reverse("message", args=[message.public_id]))
    refusal = why_not_to_renew_pin(account, by=request.actor, at=at)
    if refusal:
        refuse_page(refusal, by=request.actor, at=at, account=account)
    staying = offers_of(account, by=request.actor, at=at)
    return render(request, "desk/user_administration/new_pin.html", {"account": account, "staying": staying})
