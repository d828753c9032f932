"""Where one is signed in, and ending that: there, or everywhere."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import SignedInRequest, sign_in_required
from accounts.http import see_other, way_back
from accounts.queries import session_anywhere, sessions_of
from accounts.refusals import NotYourOrganisation
from accounts.services import end_session
from accounts.sessions import ending_of, key_of, session_limits
from blocking.services import leave_everywhere
from desk.refusing import refuse_page


@require_safe
@sign_in_required
def sessions_page(request: SignedInRequest) -> HttpResponse:
    context = {
        "sessions": sessions_of(request.user, timezone.now()),
        "this_session": key_of(request),
        "limits": session_limits(),
    }
    return render(request, "desk/my_account/sessions.html", context)


@require_POST
@way_back("my-sessions")
@sign_in_required
def end_one_session(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What is over already is nobody's; somebody else's is not there."""
    at, session = timezone.now(), session_anywhere(public_id)
    if session and session.account != request.user:
        refuse_page(NotYourOrganisation(), by=request.actor, at=at, account=session.account)
    if session is None:
        messages.info(request, "Daar was u al uitgelogd.")
        return see_other(reverse("my-sessions"))
    end_session(session, by=request.actor, at=at)
    messages.success(request, "U bent daar uitgelogd. Wie dat apparaat gebruikt, moet opnieuw inloggen.")
    return see_other(reverse("my-sessions"))


@require_POST
@way_back("my-sessions")
@sign_in_required
def extend_session(request: SignedInRequest) -> HttpResponse:
    """For the script that warns before the end: being asked is enough to go on, up to the absolute limit."""
    ending = ending_of(request, timezone.now())
    return JsonResponse(asdict(ending) if ending else {"seconds": 0, "is_final": True})


@require_POST
@way_back("my-sessions")
@sign_in_required
def end_all_sessions(request: SignedInRequest) -> HttpResponse:
    leave_everywhere(request.user, by=request.actor, at=timezone.now())
    logout(request)
    messages.success(request, "U bent overal uitgelogd, ook hier. Andere browsers kent uw account niet meer.")
    return see_other(reverse("sign-in"))
