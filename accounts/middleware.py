"""Refusals become pages, and who must have a second factor gets nowhere without one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.decorators import WITHOUT_FACTOR
from accounts.http import to_confirming, to_linking
from accounts.models import Account
from accounts.proofs import shown_at
from accounts.queries import factors_of, must_have_second_factor
from accounts.refusals import Refusal


class SecondFactorMiddleware:
    """Contact persons and Support who showed no second factor in this session: to where they show or link one.

    It is asked at every request, for somebody may become contact person while being signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        # Who brings no session is nobody, and pages that work without the database go on working.
        if getattr(view, WITHOUT_FACTOR, False) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if SESSION_KEY not in request.session or shown_at(request.session):
            return None
        account = request.user
        if not isinstance(account, Account) or not must_have_second_factor(account, timezone.now()):
            return None
        return to_confirming(request) if factors_of(account).is_any else to_linking(request)


class RefusalMiddleware:
    """Answers a Refusal that a view let pass; the service that raised it has recorded it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        context = {
            "sentence": exception.sentence,
            "code": exception.code,
            "status": exception.status,
            "passes": exception.retry_after is not None,
            "leads_to": exception.leads_to,
        }
        answer = render(request, "refused.html", context, status=exception.status)
        if exception.retry_after:
            answer["Retry-After"] = str(exception.retry_after)
        return answer
