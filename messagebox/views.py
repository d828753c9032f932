"""The Berichtenbox, for contact persons."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.http import way_back
from accounts.refusals import NotYourOrganisation
from accounts.services import record_refusal
from messagebox import queries
from messagebox.forms import page_number
from messagebox.letter_additions import below
from messagebox.letters import body_of, letter_of, secret_of
from messagebox.models import Message
from messagebox.services import mark_read, reveal_secret


@require_safe
@never_cache
@contact_person_required
def inbox(request: ContactPersonRequest) -> HttpResponse:
    page = page_number(request.GET)
    messages = queries.inbox(request.organisation, page=page)
    context = {
        "organisation": request.organisation,
        "inbox": [letter_of(message, request.user) for message in messages[: queries.PAGE_SIZE]],
        "page_number": page,
        "page_summary": f"Bladzijde {page}",
        "previous_query": f"page={page - 1}" if page > 1 and messages else "",
        "next_query": f"page={page + 1}" if len(messages) > queries.PAGE_SIZE else "",
    }
    return render(request, "messagebox/inbox.html", context)


@require_safe
@never_cache
@contact_person_required
def message(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """One message. Looking at it records that this reader has read it: a receipt on a GET, as reading
    is what a GET does; it gives no rights and a second one changes nothing."""
    found, at = _message(request, public_id), timezone.now()
    mark_read(found, by=request.actor, at=at)
    context = {
        "letter": letter_of(found, request.user),
        "body": body_of(found, request.user),
        "secret": secret_of(found, at),
        "below": below(request, found),
    }
    return render(request, "messagebox/message.html", context)


@require_POST
@never_cache
@way_back("message", "public_id")
@contact_person_required
@recent_factor_required()
def reveal(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """Shows the PIN, this once: the answer to the press itself, for a page to come back to would have to keep it."""
    found, at = _message(request, public_id), timezone.now()
    pin = reveal_secret(found, by=request.actor, at=at)
    mark_read(found, by=request.actor, at=at)
    context = {"pin": pin, "letter": letter_of(found, request.user), "about": found.about}
    return render(request, "messagebox/pin.html", context)


def _message(request: ContactPersonRequest, public_id: UUID) -> Message:
    found = queries.message_of(request.organisation, public_id)
    if found is None:
        raise _refused(request)
    return found


def _refused(request: ContactPersonRequest) -> NotYourOrganisation:
    """Somebody else's message and none at all look the same, and are both in the log."""
    refusal = NotYourOrganisation()
    record_refusal("account:page:refused", refusal, by=request.actor, at=timezone.now(), account=request.user)
    return refusal
