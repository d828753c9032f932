"""Recovery codes: shown until they are written down, and made anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import linking
from accounts.decorators import SignedInRequest, recent_factor_required, sign_in_required
from accounts.http import LOOK_OR_SEND, next_of, safe_next, see_other, way_back
from accounts.policy.factors import in_groups
from accounts.queries import factors_of
from accounts.services import renew_recovery_codes


@never_cache
@require_safe
@sign_in_required
@recent_factor_required()
def recovery_codes_page(request: SignedInRequest) -> HttpResponse:
    """The codes that were just made; where there are none to show, to the page that says how many are left."""
    codes = linking.codes_to_show(request.session, timezone.now())
    if not codes:
        return HttpResponseRedirect(safe_next(request, reverse("second-factor")))
    context = {"codes": [in_groups(code) for code in codes], "next": next_of(request)}
    return render(request, "accounts/recovery_codes.html", context)


@never_cache
@require_safe
@sign_in_required
@recent_factor_required()
def download_codes(request: SignedInRequest) -> HttpResponse:
    """The same as a text file, as long as they are shown."""
    codes = linking.codes_to_show(request.session, timezone.now())
    if not codes:
        return redirect("second-factor")
    text = render_to_string("accounts/recovery_codes.txt", {"codes": [in_groups(code) for code in codes]})
    headers = {"Content-Disposition": 'attachment; filename="herstelcodes.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@require_POST
@way_back("recovery-codes")
@sign_in_required
@recent_factor_required()
def codes_kept(request: SignedInRequest) -> HttpResponse:
    """They are written down: from now on nobody sees them again."""
    linking.codes_are_kept(request.session)
    return see_other(safe_next(request, reverse("second-factor")))


@never_cache
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required()
def new_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Asks by GET, makes ten new ones by POST; the old ones are worth nothing then."""
    if not factors_of(request.user).is_any:
        return redirect("second-factor")
    if request.method != "POST":
        return render(request, "accounts/new_recovery_codes.html", {"factors": factors_of(request.user)})
    codes = renew_recovery_codes(request.user, by=request.actor, at=timezone.now())
    linking.show_codes(request.session, codes, timezone.now())
    messages.success(request, "U hebt tien nieuwe herstelcodes. De oude werken niet meer.")
    return see_other(reverse("recovery-codes"))
