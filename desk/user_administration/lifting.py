"""Lifting one block: the page asks, the press lifts."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.http import LOOK_OR_SEND, see_other
from accounts.kept import first_values, kept_for
from accounts.refusals import NotYourOrganisation
from blocking.queries.offers import Offer, offer_named, offers_of
from blocking.queries.void_secrets import void_secrets_by_account
from blocking.refusals import refusal_of
from blocking.services import lift_block
from blocking.verdicts import LiftCode
from desk.forms import LiftForm
from desk.refusing import refuse_lift, refuse_page


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required(keeps=("reason", "note"))
def lift_page(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """Asking for a lift that is not allowed is answered, and recorded, as the lift itself would be.

    Only reading about a block that was lifted meanwhile is no attempt, and not recorded.
    """
    at = timezone.now()
    offer = offer_named(public_id, by=request.actor, at=at)
    if offer is None:
        refuse_page(NotYourOrganisation(), by=request.actor, at=at)
    form = LiftForm(request.POST if request.method == "POST" else None, initial=first_values(kept_for(request)))
    if form.is_valid():
        return _lift(request, offer, form, at)
    if offer.verdict.code == LiftCode.ALREADY_LIFTED and request.method != "POST":
        raise refusal_of(offer.verdict)
    if not offer.may_lift:
        refuse_lift(refusal_of(offer.verdict), by=request.actor, at=at, account=offer.block.account)
    return _confirm_page(request, offer, form, at)


def _lift(request: ContactPersonRequest, offer: Offer, form: LiftForm, at: datetime) -> HttpResponse:
    lift_block(offer.block, by=request.actor, at=at, **form.as_lift())
    address = reverse("account", args=[offer.block.account.public_id])
    return see_other(f"{address}?{urlencode({'opgeheven': offer.block.public_id})}")


def _confirm_page(request: ContactPersonRequest, offer: Offer, form: LiftForm, at: datetime) -> HttpResponse:
    block = offer.block
    staying = offers_of(block.account, by=request.actor, at=at, after=[block])
    context = {
        "open_block": block,
        "account": block.account,
        "form": form,
        "staying": staying,
        "void_secrets": void_secrets_by_account([block.account])[block.account_id],
    }
    return render(request, "desk/user_administration/lift_confirm.html", context)
