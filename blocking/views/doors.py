"""Pages for who is not signed in: a forgotten password, and «this was not me»."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.actors import actor_of
from accounts.http import see_other
from accounts.models import Account
from accounts.refusals import Refusal
from accounts.waiting import form_again
from blocking.forms import ForgottenPasswordForm
from blocking.models import Notice
from blocking.not_me_link import notice_named
from blocking.queries.notices import notice_by
from blocking.refusals import NoticeUnknown
from blocking.services import change_forgotten_password, deny_notice, why_not_to_deny

SECRETS = ("pin", "new_password")


@method_decorator([never_cache, sensitive_post_parameters(*SECRETS)], name="dispatch")
class ForgottenPasswordView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return _page(request, ForgottenPasswordForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ForgottenPasswordForm(request.POST)
        if not form.is_valid():
            return _page(request, form)
        try:
            account = _change(request, form)
        except ValidationError as unsuitable:
            form.add_error("new_password", unsuitable)
            return _page(request, form)
        except Refusal as refusal:
            return form_again(refusal, form, lambda: _page(request, form))
        if account is None:
            return _page(request, form, is_refused=True)
        return see_other(reverse("forgotten-password-done"))


@require_safe
@never_cache
def forgotten_password_done(request: HttpRequest) -> HttpResponse:
    """Says what to do next, also where a block is still open; the same page for everybody."""
    return render(request, "blocking/forgotten_password_done.html")


def _change(request: HttpRequest, form: ForgottenPasswordForm) -> Account | None:
    return change_forgotten_password(**form.cleaned_data, by=actor_of(request), at=timezone.now())


def _page(request: HttpRequest, form: ForgottenPasswordForm, *, is_refused: bool = False) -> HttpResponse:
    context = {"form": form, "is_refused": is_refused}
    return render(request, "blocking/forgotten_password.html", context)


@method_decorator(never_cache, name="dispatch")
class NotMeView(View):
    """The page of a mail's link asks; only the press acts, so that a program that reads mail sets nothing off."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        notice = _notice(token)
        refusal = why_not_to_deny(notice, at=timezone.now())
        if refusal:
            raise refusal
        return render(request, "blocking/not_me.html", {"notice": notice})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        deny_notice(_notice(token), by=actor_of(request), at=timezone.now())
        return see_other(reverse("not-me-done"))


@require_safe
@never_cache
def not_me_done(request: HttpRequest) -> HttpResponse:
    return render(request, "blocking/not_me_done.html")


def _notice(token: str) -> Notice:
    """Raises NoticeUnknown for a link that the portal did not sign."""
    public_id = notice_named(token)
    notice = notice_by(public_id) if public_id else None
    if notice is None:
        raise NoticeUnknown
    return notice
