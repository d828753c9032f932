"""Answers that Django lacks, and addresses that are safe to go to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

View = TypeVar("View", bound=Callable[..., Any])

LOOKING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# Of a page that asks by GET and acts by POST.
LOOK_OR_SEND: Final = ["GET", "HEAD", "POST"]
# Longer ones are no page of ours that somebody was at; RFC 9110 asks for 8,000 octets, what surrounds it included.
ADDRESS_MAX_LENGTH: Final = 2000
# In the address of the sign-in page: something was sent, and has to be sent again.
LOST: Final = "opnieuw"
# And: there was a session, and it is over.
ENDED: Final = "afgelopen"
# In the address of the page that asks a second factor: where somebody came from, who would rather not.
BACK: Final = "terug"


class SeeOther(HttpResponseRedirect):
    """303: the POST did its work, look there."""

    status_code = 303


def see_other(address: str) -> SeeOther:
    return SeeOther(address)


def way_back(page: str, *shared: str) -> Callable[[View], View]:
    """For a view that only takes what a form sends: the name of the page one comes back to after signing in.

    `shared`: the parts of the view's own address that the page's address has as well.
    """

    def told(view: View) -> View:
        vars(view)["way_back"] = page, shared
        return view

    return told


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """To the sign-in page, and from there back. It says that a session is over, and that what a form sent is lost."""
    told = {ENDED: "1"} if settings.SESSION_COOKIE_NAME in request.COOKIES else {}
    lost = {} if request.method in LOOKING else {LOST: "1"}
    return HttpResponseRedirect(_sign_in_before(page_to_come_back_to(request), **lost, **told))


def to_confirming(request: HttpRequest, *, back_to: str = "") -> HttpResponseRedirect:
    """To where a second factor is asked, and from there back to the page, where one presses again.

    `back_to`: the page where what was sent waits, if that is another than the one with the form.
    """
    if request.method in LOOKING:
        return HttpResponseRedirect(address_before("confirm", request.get_full_path()))
    page = back_to or page_to_come_back_to(request)
    return see_other(f"{address_before('confirm', page)}&{LOST}=1")


def to_linking(request: HttpRequest) -> HttpResponseRedirect:
    """To where a second factor is linked, and from there to the page that was asked for."""
    return see_other(address_before("second-factor", request.get_full_path() if request.method in LOOKING else ""))


def sign_in_again(request: HttpRequest) -> str:
    """The address of the sign-in page for when this session is over, that leads back to the page of this request."""
    return _sign_in_before(page_to_come_back_to(request), **{ENDED: "1"})


def page_to_come_back_to(request: HttpRequest) -> str:
    """The page itself, or for what a form sends the page that the form is on."""
    match = request.resolver_match
    if request.method in LOOKING or match is None or not hasattr(match.func, "way_back"):
        whole = request.get_full_path()
        return whole if len(whole) <= ADDRESS_MAX_LENGTH else request.path[:ADDRESS_MAX_LENGTH]
    page, shared = match.func.way_back
    return reverse(page, kwargs={part: match.kwargs[part] for part in shared})


def _sign_in_before(address: str, **told: str) -> str:
    return f"{reverse('sign-in')}?{urlencode({'next': address, **told}, safe='/')}"


def address_before(page: str, address: str) -> str:
    """The named page, from which one goes on to this address."""
    return f"{reverse(page)}?{urlencode({'next': address}, safe='/')}" if address else reverse(page)


def next_of(request: HttpRequest) -> str:
    """The page somebody says to be on the way to: only for a form to send along, never to follow."""
    return request.POST.get("next") or request.GET.get("next", "")


def safe_next(request: HttpRequest, fallback: str) -> str:
    """The page somebody was on the way to, if it is one of ours."""
    wanted = next_of(request)
    return wanted if _is_ours(wanted, request) else fallback


def page_before(request: HttpRequest) -> str:
    """Where somebody was before this page came in between; the start where that is unknown, or leads here again."""
    said = request.POST.get(BACK) or request.GET.get(BACK) or request.headers.get("Referer", "")
    page = urlsplit(said if _is_ours(said, request) else "/")
    leads_here = page.path in {request.path, urlsplit(safe_next(request, "/")).path}
    back = urlunsplit(("", "", page.path, page.query, ""))
    # Without its host a path of ours may begin as the address of another: `//`.
    return back if _is_ours(back, request) and not leads_here else "/"


def _is_ours(address: str, request: HttpRequest) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
