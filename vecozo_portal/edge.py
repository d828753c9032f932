"""Requests that Django would stumble over before any page begins: answered, or read without what cannot be meant.

Three things anybody can send led to a 500: a Content-Type in a code that no form of ours is written in (`charset=hex`,
`charset=utf-7`), which Django reads while it makes the request, and a session cookie or a question in the address with
a NUL, which PostgreSQL refuses as text.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

from vecozo_portal import errors

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

UNREADABLE: Final = "application/x-unreadable"
UTF8: Final = "utf-8"
# As Django makes them.
SESSION_KEY: Final = re.compile(r"[a-z0-9]{32}")


def without_unreadable_text(application: Wsgi) -> Wsgi:
    """The application never sees a Content-Type in another code than UTF-8; ReadableMiddleware then answers 415."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not is_utf8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = UNREADABLE
        return application(environ, start_response)

    return answer


def is_utf8(content_type: str) -> bool:
    try:
        _, parameters = parse_header_parameters(content_type)
    except ValueError:
        return False
    return parameters.get("charset", UTF8).lower() == UTF8


class ReadableMiddleware:
    """415 for what is not in UTF-8 and 400 for an address with a NUL, which no page of ours leads to; a session cookie
    that we cannot have given is as if it were not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == UNREADABLE:
            return errors.unreadable()
        if "\0" in unquote(request.META.get("QUERY_STRING", "")):
            return errors.unreadable(status=400)
        if not SESSION_KEY.fullmatch(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)
