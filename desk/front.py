"""The address without a name: everybody to where their work is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.queries import live_mandate

if TYPE_CHECKING:
    from accounts.models import Account


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return redirect(_home_of(request.user) if request.user.is_authenticated else "sign-in")


def _home_of(account: Account) -> str:
    if account.is_staff:
        return "admin:index"
    mandate = live_mandate(account, timezone.now())
    has_user_administration = mandate is not None and not mandate.organisation.is_pgb_provider
    return "user-administration" if has_user_administration else "my-account"
