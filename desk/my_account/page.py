"""One's own page: who the portal thinks one is, what stands in the way, and what happened."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import actor_of
from accounts.decorators import SignedInRequest, sign_in_required
from accounts.queries import factors_of, factors_taken_at, live_mandate, services_of, sessions_of, waiting_email_change
from accounts.shown_certificates import must_show_certificate
from blocking.queries.history import history_page
from certificates.queries import certificates_of, uzi_card_of
from desk.forms import number_in
from desk.my_account.browsers import browser_lines
from desk.my_account.standing import others_in_charge, own_blocks
from desk.my_account.uzi_card import are_cards_taken
from desk.timeline import lines_of
from desk.user_administration.clients import certificate_lines


@require_safe
@sign_in_required
def my_account_page(request: SignedInRequest) -> HttpResponse:
    """Each section of the template reads its own part of what is here."""
    account, at = request.user, timezone.now()
    factors = factors_of(account)
    history = history_page(account, number_in(request.GET, "geschiedenis"))
    context = {
        "account": account,
        "factors": factors,
        "factors_taken_at": None if factors.is_any else factors_taken_at(account),
        "mandate": live_mandate(account, at),
        "own_blocks": own_blocks(account, at),
        "waiting": waiting_email_change(account, at),
        "session_count": sessions_of(account, at).count(),
        "certificates": certificate_lines(certificates_of(account), at),
        "takes_cards": are_cards_taken(),
        "shows_certificate": must_show_certificate(account, at),
        "uzi_card": uzi_card_of(account),
        "services": services_of(account),
        "contact_people": others_in_charge(account, at),
        "known_browsers": browser_lines(account, by=actor_of(request), at=at),
        "history": history,
        "timeline": lines_of(history.events, reader=account),
    }
    return render(request, "desk/my_account/page.html", context)
