"""Who may see a page: for views of every floor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.actors import Actor, actor_of
from accounts.http import page_to_come_back_to, to_confirming, to_sign_in
from accounts.kept import keep
from accounts.models import Account, Mandate, Organisation
from accounts.proofs import has_recent_factor, shown_at
from accounts.queries import factors_of, live_mandate, must_have_second_factor
from accounts.refusals import NoLiveMandate, NoUserAdministration, Refusal
from accounts.services import record_refusal

P = ParamSpec("P")
AnyView = TypeVar("AnyView", bound=Callable[..., Any])
AnyRequest = TypeVar("AnyRequest", bound=HttpRequest)
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Guarded = Callable[Concatenate[AnyRequest, P], HttpResponse]


class SignedInRequest(HttpRequest):
    """What a view behind `sign_in_required` gets."""

    user: Account
    actor: Actor


class ContactPersonRequest(HttpRequest):
    """What a view behind `contact_person_required` gets: a request that knows for whom it acts."""

    user: Account
    organisation: Organisation
    actor: Actor
    live_mandate: Mandate | None


def sign_in_required(view: Callable[Concatenate[SignedInRequest, P], HttpResponse]) -> View[P]:
    """For everybody who is signed in; strangers go to the sign-in page and come back. Sets `request.actor`."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Account):
            return to_sign_in(request)
        known: SignedInRequest = request  # type: ignore[assignment]
        known.actor = actor_of(request)
        return view(known, *args, **kwargs)

    return answer


def contact_person_required(
    view: Callable[Concatenate[ContactPersonRequest, P], HttpResponse],
) -> View[P]:
    """Only for who holds a live mandate at this very moment; anybody else gets an audited refusal.

    Strangers go to the sign-in page and come back. Raises NoLiveMandate, or NoUserAdministration
    for a PGB provider. Sets `request.organisation` and `request.actor`, which acts on its behalf.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Account):
            return to_sign_in(request)
        return view(_as_contact_person(request), *args, **kwargs)

    return answer


def _as_contact_person(request: HttpRequest) -> ContactPersonRequest:
    """The same request, with the mandate of this moment and what follows from it."""
    known: ContactPersonRequest = request  # type: ignore[assignment]
    at = timezone.now()
    mandate = known.live_mandate = live_mandate(known.user, at)
    if mandate is None:
        raise _recorded(NoLiveMandate(), known, at)
    if mandate.organisation.is_pgb_provider:
        raise _recorded(NoUserAdministration(), known, at)
    known.organisation = mandate.organisation
    known.actor = actor_of(request).acting_for(mandate.organisation)
    return known


def _recorded(refusal: Refusal, request: ContactPersonRequest, at: datetime) -> Refusal:
    record_refusal("account:page:refused", refusal, by=actor_of(request), at=at, account=request.user)
    return refusal


WITHOUT_FACTOR: Final = "without_factor"


def without_factor(view: AnyView) -> AnyView:
    """For the few views that who must show a second factor reaches before that: the doors, and the way out."""
    vars(view)[WITHOUT_FACTOR] = True
    return view


def recent_factor_required(
    *, keeps: tuple[str, ...] = (), form_is_elsewhere: bool = False
) -> Callable[[Guarded[AnyRequest, P]], Guarded[AnyRequest, P]]:
    """For an act that matters, and the page that asks about it: a second factor not older than the limit, or asked.

    Afterwards one is back where one was. What a form sent is never sent again unseen: its fields in `keeps`, no secret
    among them, wait for the page with the form (`accounts.kept`), and the person presses again. That page has the
    address of the view itself, unless `form_is_elsewhere`: then `way_back` names it. Who has no second factor, and need
    not have one, is let through. Strangers go to the sign-in page.
    """

    def guarded(view: Guarded[AnyRequest, P]) -> Guarded[AnyRequest, P]:
        @wraps(view)
        def answer(request: AnyRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Account):
                return to_sign_in(request)
            if _has_shown_enough(request, request.user):
                return view(request, *args, **kwargs)
            here = bool(keeps) and not form_is_elsewhere
            page = request.get_full_path() if here else page_to_come_back_to(request)
            keep(request, keeps, address=page)
            return to_confirming(request, back_to=page)

        return answer

    return guarded


def _has_shown_enough(request: HttpRequest, account: Account) -> bool:
    at = timezone.now()
    if has_recent_factor(request.session, at):
        return True
    # Who comes in with a certificate alone has nothing linked, and must show one all the same.
    return not (factors_of(account).is_any or shown_at(request.session) or must_have_second_factor(account, at))
