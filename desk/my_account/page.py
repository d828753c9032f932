"""One's own page: who the portal thinks one is, and what happened."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import SignedInRequest, sign_in_required
from accounts.queries import live_mandate, services_of
from blocking.queries.history import history_page
from desk.forms import number_in
from desk.my_account.proving import others_in_charge
from desk.timeline import lines_of


@require_safe
@sign_in_required
def my_account_page(request: SignedInRequest) -> HttpResponse:
    account, at = request.user, timezone.now()
    history = history_page(account, number_in(request.GET, "geschiedenis"))
    context = {
        "account": account,
        "mandate": live_mandate(account, at),
        "services": services_of(account),
        "contact_people": others_in_charge(account, at),
        "history": history,
        "timeline": lines_of(history.events, reader=account),
    }
    return render(request, "accounts/my_account.html", context)
