"""One's own UZI card: linking the one in the reader, and unlinking it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.decorators import SignedInRequest, recent_factor_required, sign_in_required
from accounts.http import LOOK_OR_SEND, see_other
from accounts.password_first import password_first
from accounts.refusals import FactorRefused
from accounts.shown_certificates import certificate_shown, counts_here
from certificates.queries import uzi_card_of
from certificates.services import are_cards_known, link_card, unlink_card

PAGE = "uzi-card"


def are_cards_taken() -> bool:
    """Does a card open anything in this portal?"""
    return counts_here() and are_cards_known()


@never_cache
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
@password_first
def uzi_card_page(request: SignedInRequest) -> HttpResponse:
    """Shows what is linked; links, by POST, the card whose certificate comes with that very request."""
    if not are_cards_taken():
        raise Http404
    refusal, status = "", 200
    if request.method == "POST":
        try:
            card = link_card(request.user, shown=certificate_shown(request), by=request.actor, at=timezone.now())
        except FactorRefused as refused:
            refusal, status = refused.sentence, refused.status
        else:
            messages.success(request, f"De UZI-pas met nummer {card.uzi_number} is gekoppeld.")
            return see_other(reverse(PAGE))
    context = {"card": uzi_card_of(request.user), "is_shown": bool(certificate_shown(request)), "refusal": refusal}
    return render(request, "desk/my_account/uzi_card.html", context, status=status)


@never_cache
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
def drop_uzi_card(request: SignedInRequest) -> HttpResponse:
    """Asks by GET, unlinks by POST; also where no card opens anything any more."""
    card = uzi_card_of(request.user)
    if card is None:
        raise Http404
    if request.method != "POST":
        return render(request, "desk/my_account/uzi_card_remove.html", {"card": card})
    unlink_card(request.user, by=request.actor, at=timezone.now())
    messages.success(request, "Uw UZI-pas is ontkoppeld. Inloggen met deze pas kan niet meer.")
    return see_other(reverse("my-account"))
