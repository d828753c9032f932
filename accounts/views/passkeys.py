"""One's own passkeys: adding one, and removing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.challenges import remember, take
from accounts.decorators import SignedInRequest, recent_factor_required, sign_in_required
from accounts.forms import NewPasskeyForm
from accounts.http import LOOK_OR_SEND, see_other
from accounts.models import Account, Passkey
from accounts.queries import factors_of
from accounts.refusals import FactorRefused
from accounts.services import add_passkey, ask_for_new_passkey, remove_passkey


@never_cache
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
def new_passkey(request: SignedInRequest) -> HttpResponse:
    """Beside an app only: who has none links that first."""
    account = request.user
    if not factors_of(account).is_any:
        return see_other(reverse("second-factor"))
    form = NewPasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            added = _add(request, account, form)
        except FactorRefused as refusal:
            form.add_error("token", refusal.sentence)
        else:
            messages.success(request, f"De passkey «{added.name}» is toegevoegd.")
            return see_other(reverse("second-factor"))
    options = remember(request.session, ask_for_new_passkey(account))
    return render(request, "accounts/new_passkey.html", {"form": form, "options": options})


@never_cache
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
def drop_passkey(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Asks by GET, removes by POST; somebody else's looks like none."""
    account = request.user
    passkey = account.passkeys.filter(public_id=public_id).first()
    if passkey is None:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/remove_passkey.html", {"passkey": passkey})
    remove_passkey(account, public_id, by=request.actor, at=timezone.now())
    messages.success(request, f"De passkey «{passkey.name}» is verwijderd.")
    return see_other(reverse("second-factor"))


def _add(request: SignedInRequest, account: Account, form: NewPasskeyForm) -> Passkey:
    answer, name = form.cleaned_data["token"], form.cleaned_data["name"]
    challenge = take(request.session)
    return add_passkey(account, answer=answer, challenge=challenge, name=name, by=request.actor, at=timezone.now())
