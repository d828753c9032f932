"""Before a first second factor is linked: the password of just now, at the sign-in door, so that no open session of
somebody who walked away is enough."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.decorators import SignedInRequest
from accounts.http import address_before, see_other
from accounts.proofs import has_recent_password
from accounts.queries import factors_of, must_have_second_factor
from accounts.services import record_sign_out

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponse]


def password_first(view: View[P]) -> View[P]:
    """For pages that link a factor: who has none yet, and signed in longer ago than the limit, signs in anew first."""

    @wraps(view)
    def answer(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if factors_of(request.user).is_any or has_recent_password(request.session, timezone.now()):
            return view(request, *args, **kwargs)
        return _sign_in_anew(request)

    return answer


def _sign_in_anew(request: SignedInRequest) -> HttpResponse:
    """Asks by GET, signs out by POST; afterwards one comes back here."""
    at = timezone.now()
    if request.method != "POST":
        context = {"must_have": must_have_second_factor(request.user, at)}
        return render(request, "accounts/password_first.html", context)
    record_sign_out(request.user, by=request.actor, at=at)
    logout(request)
    messages.info(request, "Log opnieuw in. Daarna koppelt u uw tweede factor.")
    return see_other(address_before("sign-in", request.get_full_path()))
