"""Step-up: showing a second factor once more, shortly before an act that matters."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.choices import Means
from accounts.decorators import without_factor
from accounts.factor_page import FactorPage, ways_of
from accounts.http import address_before, safe_next, see_other, to_sign_in
from accounts.models import Account
from accounts.policy.factors import Proof
from accounts.proofs import add_proof

PAGE = FactorPage("accounts/confirm.html", door="bevestigen")


@method_decorator([without_factor, never_cache, sensitive_post_parameters("token")], name="dispatch")
class ConfirmView(View):
    """Strangers sign in first; who has nothing to show links a factor first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        account = _who(request)
        return PAGE.shown(request, account) if isinstance(account, Account) else account

    def post(self, request: HttpRequest) -> HttpResponse:
        account = _who(request)
        if not isinstance(account, Account):
            return account
        at = timezone.now()
        means = PAGE.verified(request, account, at)
        return _confirmed(request, means, at) if isinstance(means, Means) else means


def _who(request: HttpRequest) -> Account | HttpResponse:
    if not isinstance(request.user, Account):
        return to_sign_in(request)
    if not ways_of(request, request.user):
        return HttpResponseRedirect(address_before("second-factor", safe_next(request, "")))
    return request.user


def _confirmed(request: HttpRequest, means: Means, at: datetime) -> HttpResponse:
    """Back to the page; the session gets a new key, so that one copied before is worth less."""
    request.session.cycle_key()
    add_proof(request.session, Proof(means, at))
    return see_other(safe_next(request, "/"))
