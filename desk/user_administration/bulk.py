"""Lifting many blocks with one reason: the first press asks, the second lifts, each block on its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.http import HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.http import LOOK_OR_SEND, way_back
from accounts.kept import first_values, kept_for
from accounts.refusals import NotYourOrganisation
from accounts.services import record_refusal
from blocking.queries.offers import Offer, offers_named
from blocking.refusals import AlreadyLifted, LiftRefused, NotYourBlock
from blocking.services import lift_block
from desk.forms import LiftForm, LiftManyForm, uuid_in
from desk.refusing import TooManyAtOnce
from desk.user_administration.lines import Line, line_before, with_what_stays

AT_ONCE: Final = 200
NOTHING_CHOSEN: Final = "U hebt nog geen blokkade gekozen. Ga terug en vink aan welke u wilt opheffen."


@require_http_methods(LOOK_OR_SEND)
@way_back("user-administration")
@contact_person_required
@recent_factor_required(keeps=("block", "reason", "note"))
def lift_many_page(request: ContactPersonRequest) -> HttpResponse:
    """Raises TooManyAtOnce. Who chose nothing, or gave no reason that there is, is asked again.

    By GET only who comes back from confirming with a choice that waits here: that is asked about, and nothing done.
    """
    chosen = request.POST if request.method == "POST" else kept_for(request)
    if chosen is None:
        return HttpResponseNotAllowed(["POST"])
    asked = list(dict.fromkeys(chosen.getlist("block")))
    if len(asked) > AT_ONCE:
        raise TooManyAtOnce
    form = _form(request, asked, chosen)
    at = timezone.now()
    offers = _offers(asked, request, at)
    _record_strange(offers, by=request.actor, at=at)
    if not form.is_valid():
        _record_foreign(offers, by=request.actor, at=at)
        asking = [line_before(offer) for offer in offers]
        return _confirm_page(request, with_what_stays(asking, by=request.actor, at=at), form)
    done = _lift_each(request, offers, form, at)
    return _result_page(request, with_what_stays(done, by=request.actor, at=at))


def _form(request: ContactPersonRequest, asked: list[str], chosen: QueryDict) -> LiftManyForm:
    """Without any block there is nothing to give a reason for, so that is all there is to say."""
    form = LiftManyForm(request.POST if _has_been_asked(request) or not asked else None, initial=first_values(chosen))
    if not asked:
        form.errors.clear()
        form.add_error(None, NOTHING_CHOSEN)
    return form


def _has_been_asked(request: ContactPersonRequest) -> bool:
    """The list sends blocks alone; the page that asks always sends a note, and a reason once one is chosen."""
    return "reason" in request.POST or "note" in request.POST


def _offers(asked: Iterable[str], request: ContactPersonRequest, at: datetime) -> list[Offer | None]:
    """In the order in which they were asked; None for what is no block at all."""
    named = [uuid_in(text) for text in asked]
    known = offers_named([name for name in named if name], by=request.actor, at=at)
    return [known.get(name) if name else None for name in named]


def _record_strange(offers: list[Offer | None], *, by: Actor, at: datetime) -> None:
    """What is no block at all was asked for, in whatever step."""
    if None in offers:
        record_refusal("account:page:refused", NotYourOrganisation(), by=by, at=at)


def _record_foreign(offers: list[Offer | None], *, by: Actor, at: datetime) -> None:
    """Looking at somebody else's block is refused, and recorded, as lifting it would be."""
    for offer in offers:
        if offer and offer.is_foreign:
            record_refusal("account:block_lift:refused", NotYourBlock(), by=by, at=at, account=offer.block.account)


def _lift_each(request: ContactPersonRequest, offers: list[Offer | None], form: LiftForm, at: datetime) -> list[Line]:
    return [_lift(request, offer, form, at) if offer else Line() for offer in offers]


def _lift(request: ContactPersonRequest, offer: Offer, form: LiftForm, at: datetime) -> Line:
    try:
        lift_block(offer.block, by=request.actor, at=at, **form.as_lift())
    except NotYourBlock:
        return Line()
    except AlreadyLifted:
        return Line(offer.block, offer.account, was_lifted=True)
    except LiftRefused as refusal:
        return Line(offer.block, offer.account, sentence=refusal.sentence)
    return Line(offer.block, offer.account, lifted=True)


def _confirm_page(request: ContactPersonRequest, lines: list[Line], form: LiftForm) -> HttpResponse:
    context = {"lines": lines, "liftable_count": sum(line.may_lift for line in lines), "form": form}
    return render(request, "desk/user_administration/lift_bulk_confirm.html", context)


def _result_page(request: ContactPersonRequest, lines: list[Line]) -> HttpResponse:
    lifted, before = sum(line.lifted for line in lines), sum(line.was_lifted for line in lines)
    refused = len(lines) - lifted - before
    context = {
        "lines": lines,
        "lifted_count": lifted,
        "lifted_before_count": before,
        "refused_count": refused,
        "is_refused": bool(refused and not lifted),
        "something_stays": any(line.needs_more for line in lines),
    }
    return render(request, "desk/user_administration/lift_bulk_result.html", context)
