"""The Berichtenbox, for contact persons."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.decorators import ContactPersonRequest, contact_person_required
from accounts.refusals import NotYourOrganisation
from accounts.services import record_refusal
from messagebox import queries
from messagebox.forms import page_number
from messagebox.letter_additions import below
from messagebox.letters import body_of, letter_of
from messagebox.services import mark_read


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
    found = queries.message_of(request.organisation, public_id)
    if found is None:
        raise _refused(request)
    mark_read(found, by=request.actor, at=timezone.now())
    context = {
        "letter": letter_of(found, request.user),
        "body": body_of(found, request.user),
        "below": below(request, found),
    }
    return render(request, "messagebox/message.html", context)


def _refused(request: ContactPersonRequest) -> NotYourOrganisation:
    """Somebody else's message and none at all look the same, and are both in the log."""
    refusal = NotYourOrganisation()
    record_refusal("account:page:refused", refusal, by=request.actor, at=timezone.now(), account=request.user)
    return refusal
