"""Another password, for who is signed in and shows the present one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.decorators import SignedInRequest, recent_factor_required, sign_in_required
from accounts.http import LOOK_OR_SEND, see_other
from blocking.services import change_own_password
from desk.my_account.forms import ChangePasswordForm
from desk.my_account.standing import WRONG, hindrance_of


@sensitive_post_parameters("password", "new_password")
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
def password_page(request: SignedInRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST if request.method == "POST" else None, account=request.user)
    if not form.is_valid():
        return _page(request, form)
    changed = change_own_password(request.user, **form.cleaned_data, by=request.actor, at=timezone.now())
    if changed is None:
        form.add_error("password", WRONG)
        return _page(request, form)
    # All sessions ended with the old password; this one goes on, under a new key.
    update_session_auth_hash(request, changed)
    messages.success(
        request, "Uw wachtwoord is gewijzigd. Op andere apparaten bent u uitgelogd, en uw account kent die niet meer."
    )
    return see_other(reverse("my-account"))


def _page(request: SignedInRequest, form: ChangePasswordForm) -> HttpResponse:
    hindrance = hindrance_of(request.user, by=request.actor, at=timezone.now())
    return render(request, "desk/my_account/password.html", {"form": form, "hindrance": hindrance})
