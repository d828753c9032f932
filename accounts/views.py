"""Signing in and out."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.actors import actor_of
from accounts.forms import SignInForm
from accounts.http import ENDED, LOST, safe_next, see_other
from accounts.models import Account
from accounts.refusal_additions import Explanation, explanation_for
from accounts.services import complete_sign_in, record_sign_out
from accounts.sessions import session_limits

# The session keeps when and how somebody proved themselves; step-up and the second factor read it.
PROOFS = "proofs"


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return see_other(safe_next(request, "/"))
        return _sign_in_page(request, SignInForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignInForm(request.POST)
        if not form.is_valid():
            return _sign_in_page(request, form)
        account = authenticate(request, **form.cleaned_data)
        if not isinstance(account, Account):
            return _refused_page(request, form)
        return _let_in(request, account, timezone.now())


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Account):
        record_sign_out(request.user, by=actor_of(request), at=timezone.now())
    logout(request)
    return see_other("/inloggen/")


def _let_in(request: HttpRequest, account: Account, at: datetime) -> HttpResponse:
    by = actor_of(request)
    login(request, account)
    request.session[PROOFS] = [{"means": "password", "at": at.isoformat()}]
    complete_sign_in(account, by=by, at=at)
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
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "accounts/sign_in.html", context)
