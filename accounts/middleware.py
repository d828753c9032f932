"""Refusals become pages: the sentence, the status, and nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.refusals import Refusal


class RefusalMiddleware:
    """Answers a Refusal that a view let pass; the service that raised it has recorded it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        context = {"sentence": exception.sentence, "code": exception.code, "status": exception.status}
        answer = render(request, "refused.html", context, status=exception.status)
        if exception.retry_after:
            answer["Retry-After"] = str(exception.retry_after)
        return answer
