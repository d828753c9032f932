"""Signing in as Django brings it: its form, its backend, its view and the portal's own page; nothing is counted."""

from __future__ import annotations

import os

import django
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.plain_sign_in_settings"
django.setup()

from django.contrib.auth.backends import ModelBackend  # noqa: E402
from django.contrib.auth.forms import AuthenticationForm  # noqa: E402
from django.contrib.auth.views import LoginView  # noqa: E402

from accounts.models import Account  # noqa: E402


class Plain(ModelBackend):
    """Django's own, word for word, but that the portal's accounts have no manager with natural keys."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, username: str = "", password: str = "", **kwargs: object
    ) -> Account | None:
        try:
            account = Account.objects.get(user_number=username)
        except Account.DoesNotExist:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None


class NumberForm(AuthenticationForm):
    """The field under the name that the portal's own has."""

    def __init__(self, request: HttpRequest | None = None, data: object = None, **kwargs: object) -> None:
        if data is not None:
            data = {**data.dict(), "username": data.get("user_number", "")}  # type: ignore[attr-defined]
        super().__init__(request, data, **kwargs)


class SignIn(LoginView):
    form_class = NumberForm
    template_name = "bench/plain_sign_in.html"


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("inloggen/", SignIn.as_view()), path("", nothing)]
application = get_wsgi_application()
