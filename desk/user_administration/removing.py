"""Removing an account and undoing that: the page asks, the press does it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.http import LOOK_OR_SEND, see_other
from accounts.queries import running_mandate, services_of
from accounts.refusals import Refusal
from accounts.services import (
    remove_account,
    undo_removal,
    why_not_to_remove,
    why_not_to_undo,
)
from blocking.queries.doors import open_blocks_of
from certificates.queries import certificates_in_force
from desk.refusing import refuse
from desk.user_administration.own_account import own_account

if TYPE_CHECKING:
    from accounts.models import Account


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required()
def remove_page(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """Asking for what is not allowed is answered, and recorded, as the removal itself would be."""
    at = timezone.now()
    account = own_account(request, public_id, at)
    if request.method == "POST":
        remove_account(account, by=request.actor, at=at)
        messages.success(request, f"Het account van {account.name} wordt verwijderd.")
        return see_other(reverse("account", args=[public_id]))
    _insist("account:removal:refused", why_not_to_remove(account, by=request.actor, at=at), request, account, at)
    return render(request, "desk/user_administration/removal_confirm.html", _what_goes(account, at))


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required()
def undo_page(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    at = timezone.now()
    account = own_account(request, public_id, at)
    if request.method == "POST":
        undo_removal(account, by=request.actor, at=at)
        messages.success(request, f"Het account van {account.name} is weer zoals het was.")
        return see_other(reverse("account", args=[public_id]))
    _insist("account:removal_undo:refused", why_not_to_undo(account, by=request.actor, at=at), request, account, at)
    return render(request, "desk/user_administration/removal_undo.html", {"account": account})


def _insist(slug: str, refusal: Refusal | None, request: ContactPersonRequest, account: Account, at: datetime) -> None:
    if refusal:
        refuse(slug, refusal, by=request.actor, at=at, account=account)


def _what_goes(account: Account, at: datetime) -> dict[str, object]:
    return {
        "account": account,
        "minutes": settings.PORTAL_REMOVAL_MINUTES,
        "mandate": running_mandate(account, at),
        "services": services_of(account),
        "certificates": certificates_in_force(account, at).count(),
        "blocks": len(open_blocks_of(account)),
    }
