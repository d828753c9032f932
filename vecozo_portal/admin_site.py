"""Support's admin: the stock one, entered through the portal's own guarded door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actors import actor_of
from accounts.admin_kit.pictures import all_pictures
from accounts.admin_kit.work import all_work
from accounts.http import safe_next, see_other, to_sign_in
from accounts.models import Account
from accounts.refusals import Refusal
from accounts.services import record_refusal
from accounts.views import sign_out

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class NotSupportStaff(Refusal):
    code = "not_support"
    sentence = "Beheer is alleen voor medewerkers van Support."


class PortalAdminSite(AdminSite):
    site_header = "Beheer"
    site_title = "Beheer"
    index_title = "Werk van Support"
    site_url = "/"
    # One page lists everything, so there is no second menu beside every other page.
    enable_nav_sidebar = False

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # Django's signature
        """Strangers are sent to sign in; who is signed in but no Support is refused, and audited."""
        stock = super().admin_view(view, cacheable)

        @wraps(stock)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            _refuse_others(request)
            return to_sign_in(request) if _is_stranger(request) else stock(request, *args, **kwargs)

        return cast("View", guarded)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        work = [each.look() for each in all_work()]
        shown = {"work": work, "pictures": all_pictures(timezone.now())}
        return super().index(request, shown | (extra_context or {}))

    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every app's lists are on the first page already."""
        return redirect("admin:index")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is no second sign-in form: strangers go to the portal's, others are refused."""
        _refuse_others(request)
        return redirect_to_login(safe_next(request, "/beheer/"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return sign_out(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The stock page would be a door past the guard; passwords change where the portal changes them."""
        return see_other(reverse("change-password"))


def _is_stranger(request: HttpRequest) -> bool:
    """Somebody not signed in; who only signs out is not sent to sign in first."""
    return not request.user.is_authenticated and request.path != reverse("admin:logout")


def _refuse_others(request: HttpRequest) -> None:
    if isinstance(request.user, Account) and not request.user.is_staff:
        refusal = NotSupportStaff()
        record_refusal("account:page:refused", refusal, by=actor_of(request), at=timezone.now())
        raise refusal
