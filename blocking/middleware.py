"""Sessions that were ended stay ended."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse


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
