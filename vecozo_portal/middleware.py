"""What every answer carries, and what is measured of it."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from vecozo_portal import errors
from vecozo_portal.metrics import REQUESTS

Answer = Callable[[HttpRequest], HttpResponse]

# A method is any word somebody likes to send, and every other word would be a series of its own.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)


class EdgeHeadersMiddleware:
    """Permissions policy everywhere; pages that depend on who is signed in are kept by nobody.

    The server's own name is left out: it tells only an attacker something.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Server", "portal")
        session = getattr(request, "session", None)
        if session is not None and session.accessed:
            response.setdefault("Cache-Control", "no-store")
        return response


class BodyLimitMiddleware:
    """413 for a body that is too large, unread. Without a length there is no body: Django then reads none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) <= settings.PORTAL_LARGEST_BODY_BYTES:
            return self.get_response(request)
        return errors.too_large(request.path)


class NotAllowedMiddleware:
    """Django answers a method that an address does not know with nothing at all; here it gets a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = errors.not_allowed_page().encode()
        return response


class CompressForSignedInMiddleware(GZipMiddleware):
    """Lists and timelines shrink to a fifth. The public doors stay as they are: compression pads with chance, and
    there every answer must be as long as the other."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        session = getattr(request, "session", None)
        signed_in = session is not None and session.accessed and SESSION_KEY in session
        return super().process_response(request, response) if signed_in else response


class RequestMetricsMiddleware:
    """Counts by address pattern, never by address: addresses hold identifiers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "unmatched"
        method = request.method if request.method in METHODS else "OTHER"
        REQUESTS.labels(method, route, response.status_code).observe(time.perf_counter() - started)
        return response
