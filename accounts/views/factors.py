"""One's own second factor: linking an app, replacing and removing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import linking
from accounts.actors import actor_of
from accounts.authenticator import as_text, picture_of
from accounts.choices import Means
from accounts.decorators import SignedInRequest, recent_factor_required, sign_in_required, without_factor
from accounts.forms import TokenForm
from accounts.http import LOOK_OR_SEND, address_before, next_of, safe_next, see_other, to_confirming
from accounts.models import Account
from accounts.password_first import password_first
from accounts.policy.factors import Proof
from accounts.proofs import add_proof, finish, is_unfinished, shown_at
from accounts.queries import factors_of, must_have_second_factor
from accounts.refusals import FactorRefused
from accounts.services import complete_sign_in, end_sessions, enrol_app, remove_app


@without_factor
@never_cache
@sensitive_post_parameters("token")
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@password_first
def factors_page(request: SignedInRequest) -> HttpResponse:
    """Who has none yet links one here, and comes in with it; who has one sees what there is."""
    account, at = request.user, timezone.now()
    factors = factors_of(account)
    if not factors.is_any:
        return _link(request, account, "accounts/link_app.html")
    if request.method == "POST":
        # Pressed twice: the first time linked it.
        return see_other(reverse("recovery-codes"))
    if shown_at(request.session) is None:
        return to_confirming(request)
    context = {
        "factors": factors,
        "must_have": must_have_second_factor(account, at),
        "has_codes_to_keep": bool(linking.codes_to_show(request.session, at)),
    }
    return render(request, "accounts/factors.html", context)


@never_cache
@sensitive_post_parameters("token")
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
def replace_app(request: SignedInRequest) -> HttpResponse:
    """Another phone or app: the old one works until the new one showed a right code."""
    return _link(request, request.user, "accounts/replace_app.html")


@never_cache
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
def drop_app(request: SignedInRequest) -> HttpResponse:
    """Asks by GET, removes by POST. Raises LastFactor for who must have one."""
    account, at = request.user, timezone.now()
    if request.method != "POST":
        context = {"must_have": must_have_second_factor(account, at)}
        return render(request, "accounts/remove_app.html", context)
    remove_app(account, by=request.actor, at=at)
    end_other_sessions(request, account)
    messages.success(request, "Uw app is ontkoppeld. U logt voortaan in met alleen uw wachtwoord.")
    return see_other(reverse("second-factor"))


def end_other_sessions(request: HttpRequest, account: Account) -> None:
    """After a change of factors: everywhere else one signs in anew. This session goes on, with a new key."""
    end_sessions(account, by=actor_of(request), at=timezone.now())
    account.refresh_from_db(fields=["session_epoch"])
    update_session_auth_hash(request, account)


def _link(request: HttpRequest, account: Account, template: str) -> HttpResponse:
    key = linking.key_to_link(request.session)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes = enrol_app(
                account, key=key, code=form.cleaned_data["token"], by=actor_of(request), at=timezone.now()
            )
        except FactorRefused as refusal:
            form.add_error("token", refusal.sentence)
        else:
            return _linked(request, account, codes)
    context = {
        "form": form,
        "key": as_text(key),
        "picture": picture_of(key, account),
        "next": next_of(request),
        "must_have": must_have_second_factor(account, timezone.now()),
    }
    return render(request, template, context)


def _linked(request: HttpRequest, account: Account, codes: tuple[str, ...]) -> HttpResponse:
    """Who was only half in is in now; who replaced an app goes on where they were."""
    at, session = timezone.now(), request.session
    linking.is_linked(session)
    if is_unfinished(session):
        finish(session)
        session.cycle_key()
        complete_sign_in(account, by=actor_of(request), at=at)
    else:
        end_other_sessions(request, account)
    add_proof(session, Proof(Means.ONE_TIME_CODE, at))
    messages.success(request, "Uw app is gekoppeld.")
    if codes:
        linking.show_codes(session, codes, at)
        return see_other(address_before("recovery-codes", safe_next(request, "")))
    return see_other(safe_next(request, reverse("second-factor")))
