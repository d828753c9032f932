"""Attacks on the organisation: which of its own users were struck, and lifting all of them with one reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import ContactPersonRequest, contact_person_required
from accounts.refusals import NotYourOrganisation
from blocking.models import Episode
from blocking.queries.episodes import episode_of, episodes_of, goes_on, own_blocks_in
from blocking.queries.offers import Offer, offers_named
from desk.refusing import refuse_page
from desk.user_administration.bulk import AT_ONCE


@require_safe
@contact_person_required
def episodes_page(request: ContactPersonRequest) -> HttpResponse:
    return render(request, "desk/user_administration/episodes.html", {"episodes": episodes_of(request.organisation)})


@require_safe
@contact_person_required
def episode_page(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """What struck others alone is 404, and audited."""
    at = timezone.now()
    episode = episode_of(request.organisation, public_id)
    if episode is None:
        refuse_page(NotYourOrganisation(), by=request.actor, at=at)
    offers = _own_offers(request, episode, at)
    context = {
        "episode": episode,
        "goes_on": goes_on(episode, at),
        "offers": offers,
        "account_count": len({offer.block.account_id for offer in offers}),
        "liftable": [offer for offer in offers if offer.may_lift][:AT_ONCE],
    }
    return render(request, "desk/user_administration/episode.html", context)


def _own_offers(request: ContactPersonRequest, episode: Episode, at: datetime) -> list[Offer]:
    """Open blocks first."""
    named = own_blocks_in(episode, request.organisation)
    offers = offers_named(named, by=request.actor, at=at)
    return sorted((offers[public_id] for public_id in named), key=lambda offer: not offer.block.is_open)
