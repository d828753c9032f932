"""A forgotten PIN, for who is not signed in: whatever was typed, the answer is the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import actor_of
from accounts.http import LOOK_OR_SEND, see_other
from accounts.refusals import Refusal
from accounts.waiting import form_again
from blocking.forms import ForgottenPinForm
from blocking.services import ask_for_pin


@never_cache
@require_http_methods(LOOK_OR_SEND)
def forgotten_pin(request: HttpRequest) -> HttpResponse:
    form = ForgottenPinForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form)
    try:
        ask_for_pin(**form.cleaned_data, by=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        return form_again(refusal, form, lambda: _page(request, form))
    return see_other(reverse("forgotten-pin-done"))


def _page(request: HttpRequest, form: ForgottenPinForm) -> HttpResponse:
    return render(request, "blocking/forgotten_pin.html", {"form": form})


@require_safe
@never_cache
def forgotten_pin_done(request: HttpRequest) -> HttpResponse:
    return render(request, "blocking/forgotten_pin_done.html")
