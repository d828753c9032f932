"""Asking Support: from a message, from a blocked account's page, and who one is on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.decorators import ContactPersonRequest, contact_person_required
from accounts.http import see_other, way_back
from accounts.refusals import NotYourOrganisation
from blocking.queries.cases import Filing, case_named, filings_of
from blocking.queries.offers import Offer, offer_named
from blocking.services import file_case, issue_caller_code, withdraw_case
from desk.forms import uuid_in
from desk.refusing import refuse_page
from messagebox.queries import message_of

if TYPE_CHECKING:
    from messagebox.models import Message

FILED = "ingediend"
BACK_TO = "bericht"


@dataclass(frozen=True, slots=True)
class Asking:
    """A filing on the page where it is shown: where its button leads, and whether it was pressed a moment ago."""

    filing: Filing
    address: str
    just_filed: bool
    message: UUID | None = None


@require_POST
@way_back("message", "public_id")
@contact_person_required
def file_from_message(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """File the case that the message is about. Raises what `file_case` raises; 404 where it is about no block."""
    message = message_of(request.organisation, public_id)
    offer = _offer_in(request, message) if message else None
    if message is None or offer is None:
        refuse_page(NotYourOrganisation(), by=request.actor, at=timezone.now())
    return _file(request, offer, reverse("message", args=[message.public_id]))


@require_POST
@way_back("user-administration")
@contact_person_required
def file_from_account(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """File the case about this block. Raises what `file_case` raises; 404 where there is no such block."""
    offer = offer_named(public_id, by=request.actor, at=timezone.now())
    if offer is None:
        refuse_page(NotYourOrganisation(), by=request.actor, at=timezone.now())
    return _file(request, offer, reverse("account", args=[offer.block.account.public_id]))


@require_POST
@way_back("inbox")
@contact_person_required
def withdraw(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """Withdraw one's own case. Raises what `withdraw_case` raises; 404 where there is no such case."""
    at, case = timezone.now(), case_named(public_id)
    if case is None or case.account is None:
        refuse_page(NotYourOrganisation(), by=request.actor, at=at)
    withdraw_case(case, by=request.actor, at=at, seen=case.as_seen)
    message = uuid_in(request.POST.get(BACK_TO, ""))
    address = reverse("message", args=[message]) if message else reverse("account", args=[case.account.public_id])
    return see_other(address)


@require_POST
@never_cache
@way_back("inbox")
@contact_person_required
def caller_code_page(request: ContactPersonRequest) -> HttpResponse:
    """Shows a new code, this once: the answer to the press itself, for a page to come back to would have to keep it."""
    code = issue_caller_code(by=request.actor, at=timezone.now())
    return render(request, "desk/cases/caller_code.html", {"code": code, "groups": (code[:4], code[4:])})


def asking_below(request: ContactPersonRequest, message: Message) -> Asking | None:
    """What stands below the message that a block opened."""
    offer = _offer_in(request, message)
    address = reverse("file-from-message", args=[message.public_id])
    return _asking(request, filings_of([offer])[offer.block.pk], address, message) if offer else None


def askings_on_account(request: ContactPersonRequest, offers: list[Offer]) -> dict[int, Asking | None]:
    """What stands beside each open block on an account's page, by its key."""
    filings = filings_of(offers)
    return {
        offer.block.pk: _asking(
            request, filings[offer.block.pk], reverse("file-from-account", args=[offer.block.public_id])
        )
        for offer in offers
    }


def _asking(
    request: ContactPersonRequest, filing: Filing, address: str, message: Message | None = None
) -> Asking | None:
    if not filing.says_something:
        return None
    named = uuid_in(request.GET.get(FILED, ""))
    just_filed = filing.is_pending and filing.case is not None and filing.case.public_id == named
    return Asking(filing, address, just_filed, message.public_id if message else None)


def _offer_in(request: ContactPersonRequest, message: Message) -> Offer | None:
    """The block that a message of one's own organisation is about, and what may be done with it."""
    named = uuid_in(str(message.parameters.get("block", "")))
    offer = offer_named(named, by=request.actor, at=timezone.now()) if named else None
    return None if offer is None or offer.is_foreign else offer


def _file(request: ContactPersonRequest, offer: Offer, back_to: str) -> HttpResponse:
    case = file_case(offer.block, by=request.actor, at=timezone.now())
    return see_other(f"{back_to}?{urlencode({FILED: case.public_id})}")
