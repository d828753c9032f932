"""The pages for what went wrong. None of them shows a trace, and the one for an outage needs no database."""

import logging
import sys

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.views import defaults

RETRY_AFTER_SECONDS = 10

# SQLSTATE classes and codes of a server that is away, going, coming or full; without any, the connection itself failed.
OUTAGE_PREFIXES = ("08", "57P", "53")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return defaults.page_not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(render_to_string("403_csrf.html", request=None), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called inside an `except`: a database that is away is an outage, everything else a mistake of ours."""
    if is_outage(sys.exc_info()[1]):
        return service_unavailable()
    return defaults.server_error(request)


def service_unavailable() -> HttpResponse:
    page = render_to_string("503.html")
    return HttpResponse(
        page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    )


def too_large(path: str) -> HttpResponse:
    """With the way back to the page that the form is on; nobody's session is asked."""
    context = {
        "back": path,
        "limit": settings.PORTAL_LARGEST_BODY_BYTES,
        "support_phone": settings.PORTAL_SUPPORT_PHONE,
        "support_email": settings.PORTAL_SUPPORT_EMAIL,
    }
    return HttpResponse(render_to_string("413.html", context), status=413, headers={"Connection": "close"})


def not_allowed_page() -> str:
    return render_to_string("405.html")


def unreadable(*, status: int = 415) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=status)


def is_outage(error: BaseException | None) -> bool:
    if not isinstance(error, (InterfaceError, OperationalError)):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(OUTAGE_PREFIXES)


class WithoutTraceOfAnOutage(logging.Filter):
    """While PostgreSQL is away every request fails the same way; a line each is enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and is_outage(record.exc_info[1]):
            record.msg, record.args = f"{record.getMessage()} (the database is away)", ()
            record.exc_info = None
        return True


class WithoutTraceOfABadRequest(logging.Filter):
    """What cannot be read is the sender's mistake: a line is enough, and a trace would quote what was sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], (BadRequest, MultiPartParserError, SuspiciousOperation)):
            record.exc_info = None
        return True
