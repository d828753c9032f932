"""Asking Support: from a message, from a blocked account's page, and who one is on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.http import LOOK_OR_SEND, see_other, way_back
from accounts.refusals import NotYourOrganisation
from blocking.queries.cases import Filing, case_named, filings_of
from blocking.queries.offers import Offer, offer_named
from blocking.services import file_case, issue_caller_code, why_not_to_withdraw, withdraw_case
from desk.forms import uuid_in
from desk.refusing import refuse_page
from messagebox.queries import message_of

if TYPE_CHECKING:
    from accounts.models import Account
    from messagebox.models import Message

# Where one comes back to: a message, by its name, or the page of the organisation's software.
BACK_TO = "terug"
SOFTWARE = "systeemcertificaten"


WHAT_FOLLOWS = (
    "Support kijkt ernaar en heft de blokkade op, of legt uit waarom niet. "
    "U krijgt daarover een bericht in de Berichtenbox. U hoeft nu niets te doen."
)


@dataclass(frozen=True, slots=True)
class Asking:
    """A filing on the page where it is shown: where its button leads, and the page that it comes back to."""

    filing: Filing
    address: str
    back: str


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
    return _file(request, offer, _page_of(request.POST.get(BACK_TO, ""), offer.block.account))


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
def withdraw(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """Ask by GET, withdraw by POST. Raises what `withdraw_case` raises; 404 where there is no such case."""
    at, case = timezone.now(), case_named(public_id)
    if case is None or case.account is None:
        refuse_page(NotYourOrganisation(), by=request.actor, at=at)
    if request.method == "POST":
        withdraw_case(case, by=request.actor, at=at, seen=case.as_seen)
        messages.success(
            request, f"Verzoek {case.number} is ingetrokken. De blokkade blijft: u kunt het opnieuw vragen."
        )
        return see_other(_page_of(request.POST.get(BACK_TO, ""), case.account))
    refusal = why_not_to_withdraw(case, by=request.actor, at=at)
    if refusal:
        refuse_page(refusal, by=request.actor, at=at, account=case.account)
    back = request.GET.get(BACK_TO, "")
    context = {"case": case, "back": back, "page": _page_of(back, case.account)}
    return render(request, "desk/cases/withdraw.html", context)


@require_POST
@never_cache
@way_back("inbox")
@contact_person_required
@recent_factor_required()
def caller_code_page(request: ContactPersonRequest) -> HttpResponse:
    """Shows a new code, this once: the answer to the press itself, for a page to come back to would have to keep it."""
    code = issue_caller_code(by=request.actor, at=timezone.now())
    return render(request, "desk/cases/caller_code.html", {"code": code, "groups": (code[:4], code[4:])})


def asking_below(request: ContactPersonRequest, message: Message) -> Asking | None:
    """What stands below the message that a block opened."""
    offer = _offer_in(request, message)
    address = reverse("file-from-message", args=[message.public_id])
    return _asking(filings_of([offer])[offer.block.pk], address, str(message.public_id)) if offer else None


def askings_beside(offers: list[Offer], *, back: str) -> dict[int, Asking | None]:
    """What stands beside each open block on the page that `back` names (empty: the account's own), by its key."""
    filings = filings_of(offers)
    return {
        offer.block.pk: _asking(
            filings[offer.block.pk], reverse("file-from-account", args=[offer.block.public_id]), back
        )
        for offer in offers
    }


def _asking(filing: Filing, address: str, back: str) -> Asking | None:
    return Asking(filing, address, back) if filing.says_something else None


def _page_of(back: str, account: Account) -> str:
    """The page that one acted from, as far as it is one of ours; else the account's."""
    if back == SOFTWARE and account.is_system:
        return reverse("system-certificates")
    message = uuid_in(back)
    return reverse("message", args=[message]) if message else reverse("account", args=[account.public_id])


def _offer_in(request: ContactPersonRequest, message: Message) -> Offer | None:
    """The block that a message of one's own organisation is about, and what may be done with it."""
    named = uuid_in(str(message.parameters.get("block", "")))
    offer = offer_named(named, by=request.actor, at=timezone.now()) if named else None
    return None if offer is None or offer.is_foreign else offer


def _file(request: ContactPersonRequest, offer: Offer, back_to: str) -> HttpResponse:
    at = timezone.now()
    case = file_case(offer.block, by=request.actor, at=at)
    if case.opened_at == at:
        messages.success(request, f"Uw verzoek {case.number} is ingediend. {WHAT_FOLLOWS}")
    else:
        messages.info(request, f"Verzoek {case.number} over deze blokkade ligt al bij Support. {WHAT_FOLLOWS}")
    return see_other(back_to)
