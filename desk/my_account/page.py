"""One's own page: who the portal thinks one is, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import SignedInRequest, sign_in_required
from accounts.queries import contact_persons, live_mandate, services_of
from blocking.queries.history import history_page
from desk.forms import number_in
from desk.timeline import lines_of

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import Account


@require_safe
@sign_in_required
def my_account_page(request: SignedInRequest) -> HttpResponse:
    account, at = request.user, timezone.now()
    history = history_page(account, number_in(request.GET, "geschiedenis"))
    context = {
        "account": account,
        "mandate": live_mandate(account, at),
        "services": services_of(account),
        "contact_people": _others_in_charge(account, at),
        "history": history,
        "timeline": lines_of(history.events, reader=account),
    }
    return render(request, "accounts/my_account.html", context)


def _others_in_charge(account: Account, at: datetime) -> list[Account]:
    """Who can lift a block of this person; at a PGB provider that is Support alone."""
    organisation = account.organisation
    if organisation is None or organisation.is_pgb_provider:
        return []
    return list(contact_persons(organisation, at).exclude(pk=account.pk))
