"""A refusal that passes by itself is no dead end: the form comes back with what was typed, its secrets left out."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse

from accounts.refusals import Refusal


def form_again(refusal: Refusal, form: forms.Form, page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page with this form, that says how long to wait. Raises the refusal again where waiting does not help."""
    if refusal.retry_after is None:
        raise refusal
    vars(form)["heading"] = "Even wachten"
    form.add_error(None, refusal.sentence)
    answer = page()
    answer.status_code = refusal.status
    answer["Retry-After"] = str(refusal.retry_after)
    return answer
