"""Sessions that were ended stay ended, and browsers keep what makes them known."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from accounts.actors import Keepsake
from blocking.models.browser import KNOWN_FOR


class EndedSessionsMiddleware:
    """Throws away a session whose account may not go on (`queries.doors.account_with_session`).

    Otherwise it would be back the moment Support lifts its block or a removal is undone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Only where the request asked who this is: pages that work without the database go on working.
        if session.accessed and SESSION_KEY in session and not request.user.is_authenticated:
            session.flush()
        return response


class KnownBrowserMiddleware:
    """Hands what the browser kept to whoever acts, as `request.keepsake`, and gives it what it is to keep."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = settings.PORTAL_BROWSER_COOKIE_NAME
        keepsake = Keepsake(request.COOKIES.get(name, ""))
        vars(request)["keepsake"] = keepsake
        response = self.get_response(request)
        if keepsake.to_keep is not None:
            response.set_cookie(
                name,
                keepsake.to_keep,
                max_age=KNOWN_FOR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
