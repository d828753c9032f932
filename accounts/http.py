"""Answers that Django lacks, and addresses that are safe to go to."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


class SeeOther(HttpResponseRedirect):
    """303: the POST did its work, look there."""

    status_code = 303


def see_other(address: str) -> SeeOther:
    return SeeOther(address)


def safe_next(request: HttpRequest, fallback: str) -> str:
    """The page somebody was on the way to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else fallback
