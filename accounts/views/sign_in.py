"""Signing in with the password, and out."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import half_sign_in
from accounts.actors import actor_of
from accounts.choices import Means
from accounts.decorators import without_factor
from accounts.factor_page import ways_of
from accounts.forms import SignInForm
from accounts.http import ENDED, LOST, address_before, next_of, safe_next, see_other
from accounts.models import Account
from accounts.policy.factors import Proof
from accounts.proofs import leave_unfinished, start_proofs
from accounts.queries import must_have_second_factor
from accounts.refusal_additions import Explanation, explanation_for
from accounts.refusals import FactorRefused, Refusal
from accounts.services import (
    accept_password,
    complete_sign_in,
    record_ignored_certificate,
    record_sign_out,
    verify_certificate,
)
from accounts.sessions import session_limits
from accounts.shown_certificates import is_ignored, must_show_certificate, shown_with_password
from accounts.waiting import form_again


@method_decorator([without_factor, never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return see_other(safe_next(request, "/"))
        return _sign_in_page(request, SignInForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignInForm(request.POST)
        if not form.is_valid():
            return _sign_in_page(request, form)
        try:
            account = authenticate(request, **form.cleaned_data)
        except Refusal as refusal:
            return form_again(refusal, form, lambda: _sign_in_page(request, form))
        if not isinstance(account, Account):
            return _refused_page(request, form)
        return go_on(request, account, timezone.now())


@without_factor
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    account = request.user
    if isinstance(account, Account):
        record_sign_out(account, by=actor_of(request), at=timezone.now())
    logout(request)
    if isinstance(account, Account):
        messages.success(request, "U bent uitgelogd.")
    return see_other("/inloggen/")


def go_on(request: HttpRequest, account: Account, at: datetime, *, arriving_at: str = "/") -> HttpResponse:
    """After a right password: to the second factor, to linking one, or in."""
    by = actor_of(request)
    if is_ignored(request):
        record_ignored_certificate(account, by=by, at=at)
    if _has_shown_certificate(request, account, at):
        return _in(request, account, Proof(Means.PASSWORD, at), Proof(Means.CERTIFICATE, at))
    if ways_of(request, account) or must_show_certificate(account, at):
        accept_password(account, by=by, at=at)
        half_sign_in.begin(request.session, account, at)
        return see_other(address_before("sign-in-factor", safe_next(request, "")))
    login(request, account)
    start_proofs(request.session, Proof(Means.PASSWORD, at))
    if must_have_second_factor(account, at):
        leave_unfinished(request.session)
        accept_password(account, by=by, at=at)
        return see_other(address_before("second-factor", safe_next(request, "")))
    complete_sign_in(account, by=by, at=at)
    return see_other(safe_next(request, arriving_at))


def _has_shown_certificate(request: HttpRequest, account: Account, at: datetime) -> bool:
    """Did a good certificate come together with the password? Where not, the second factor is asked as ever."""
    shown = shown_with_password(request)
    if not shown:
        return False
    try:
        verify_certificate(account, shown=shown, door="inloggen", by=actor_of(request), at=at)
    except FactorRefused:
        return False
    return True


def _in(request: HttpRequest, account: Account, *proofs: Proof) -> HttpResponse:
    login(request, account)
    start_proofs(request.session, *proofs)
    complete_sign_in(account, by=actor_of(request), at=proofs[-1].at)
    return see_other(safe_next(request, "/"))


def _refused_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    """Strangers get the same words whatever was wrong; a higher floor may know that this is none."""
    by, typed = actor_of(request), form.cleaned_data["user_number"]
    return _sign_in_page(request, form, is_refused=True, explanation=explanation_for(typed, by=by, at=timezone.now()))


def _sign_in_page(
    request: HttpRequest, form: SignInForm, *, is_refused: bool = False, explanation: Explanation | None = None
) -> HttpResponse:
    """The same page and status 200, whatever was wrong."""
    context = {
        "form": form,
        "is_refused": is_refused,
        "explanation": explanation,
        "is_lost": LOST in request.GET,
        "limits": session_limits() if ENDED in request.GET else None,
        "next": next_of(request),
    }
    return render(request, "accounts/sign_in.html", context)
