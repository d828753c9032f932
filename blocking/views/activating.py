"""The door where an account begins; behind it one is signed in, and links a second factor."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import actor_of
from accounts.half_sign_in import may_sign_in
from accounts.http import LOOK_OR_SEND, see_other
from accounts.models import Account
from accounts.refusals import Refusal
from accounts.views.sign_in import go_on
from accounts.waiting import form_again
from blocking.forms import ActivationForm
from blocking.services import activate


@never_cache
@sensitive_post_parameters("pin", "new_password")
@require_http_methods(LOOK_OR_SEND)
def activation(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ActivationForm())
    form = ActivationForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        account = activate(**form.cleaned_data, by=actor_of(request), at=timezone.now())
    except ValidationError as unsuitable:
        form.add_error("new_password", unsuitable)
        return _page(request, form)
    except Refusal as refusal:
        return form_again(refusal, form, lambda: _page(request, form))
    return _page(request, form, is_refused=True) if account is None else _inside(request, account)


@require_safe
@never_cache
def activation_done(request: HttpRequest) -> HttpResponse:
    """For who cannot come in yet: the same page for everybody."""
    return render(request, "blocking/activation_done.html")


def _inside(request: HttpRequest, account: Account) -> HttpResponse:
    """To the second factor: shown where there is one, linked by who must, offered to others."""
    if not may_sign_in(account, by=actor_of(request), at=timezone.now()):
        return see_other(reverse("activate-done"))
    return go_on(request, account, timezone.now(), arriving_at=reverse("second-factor"))


def _page(request: HttpRequest, form: ActivationForm, *, is_refused: bool = False) -> HttpResponse:
    return render(request, "blocking/activation.html", {"form": form, "is_refused": is_refused})
