"""The second half of signing in: the person picks a way, and shows that factor."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import half_sign_in
from accounts.actors import actor_of
from accounts.choices import Means
from accounts.decorators import without_factor
from accounts.factor_page import FactorPage, ways_of
from accounts.http import address_before, safe_next, see_other
from accounts.models import Account
from accounts.policy.factors import Proof
from accounts.proofs import start_proofs
from accounts.refusals import CertificateGone, CertificateMissing, FactorGone, SignInRefused
from accounts.services import complete_sign_in, refuse_sign_in
from accounts.shown_certificates import counts_here, must_show_certificate

PAGE = FactorPage("accounts/sign_in_factor.html", door="inloggen")


@method_decorator([without_factor, never_cache, sensitive_post_parameters("token")], name="dispatch")
class SecondFactorView(View):
    """Who gave no password yet goes to the sign-in page, who took too long or was blocked meanwhile too."""

    def get(self, request: HttpRequest) -> HttpResponse:
        account = _half_way(request, timezone.now())
        return PAGE.shown(request, account) if isinstance(account, Account) else account

    def post(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        account = _half_way(request, at)
        if not isinstance(account, Account):
            return account
        means = PAGE.verified(request, account, at)
        return _let_in(request, account, means, at) if isinstance(means, Means) else means


def _half_way(request: HttpRequest, at: datetime) -> Account | HttpResponse:
    """Whose second factor is asked, or where else to go."""
    if half_sign_in.begun_at(request.session) is None:
        return redirect("/" if request.user.is_authenticated else "sign-in")
    try:
        account = half_sign_in.account_half_way(request.session, by=actor_of(request), at=at)
        if not ways_of(request, account):
            raise _missing(account, at)
    except SignInRefused as refusal:
        return _begin_again(request, refusal, at)
    return account


def _missing(account: Account, at: datetime) -> SignInRefused:
    if must_show_certificate(account, at):
        return CertificateMissing()
    return CertificateGone() if counts_here() else FactorGone()


def _begin_again(request: HttpRequest, refusal: SignInRefused, at: datetime) -> HttpResponse:
    refuse_sign_in(half_sign_in.remembered(request.session), refusal, by=actor_of(request), at=at)
    half_sign_in.forget(request.session)
    messages.warning(request, refusal.sentence)
    return HttpResponseRedirect(address_before("sign-in", safe_next(request, "")))


def _let_in(request: HttpRequest, account: Account, means: Means, at: datetime) -> HttpResponse:
    """The session gets a new key, and from now on an account."""
    password_at = half_sign_in.begun_at(request.session) or at
    half_sign_in.forget(request.session)
    login(request, account)
    start_proofs(request.session, Proof(Means.PASSWORD, password_at), Proof(means, at))
    complete_sign_in(account, by=actor_of(request), at=at)
    return see_other(safe_next(request, "/"))
