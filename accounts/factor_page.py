"""The page that asks a second factor, at every door that does: the person picks the way, the page never guesses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actors import actor_of
from accounts.choices import Means
from accounts.forms import TokenForm, means_in
from accounts.http import LOST, next_of
from accounts.models import Account
from accounts.queries import factors_of
from accounts.refusals import FactorRefused, FactorThrottled
from accounts.services import verify_factor

# In the address: which way the person picked.
WAY = "met"
WAYS = {"code": Means.ONE_TIME_CODE, "herstelcode": Means.RECOVERY_CODE}


@dataclass(frozen=True, slots=True)
class FactorPage:
    template: str
    # What the log calls it.
    door: str

    def ways(self, account: Account) -> list[Means]:
        return factors_of(account).means

    def shown(self, request: HttpRequest, account: Account) -> HttpResponse:
        """Asking, in the way that the address names; else in the one that is usual for this account."""
        ways = self.ways(account)
        picked = WAYS.get(request.GET.get(WAY, ""))
        means = picked if picked in ways else ways[0]
        return self._page(request, TokenForm(means=means), ways)

    def verified(self, request: HttpRequest, account: Account, at: datetime) -> Means | HttpResponse:
        """By what the person has just shown who they are; the page again where it was not right."""
        means = means_in(request.POST)
        form = TokenForm(request.POST, means=means)
        if not form.is_valid():
            return self._page(request, form, self.ways(account))
        try:
            verify_factor(
                account, means=means, entered=form.cleaned_data["token"], door=self.door, by=actor_of(request), at=at
            )
        except FactorRefused as refusal:
            form.add_error("token", refusal.sentence)
            return _answer(self._page(request, form, self.ways(account), status=refusal.status), refusal)
        return means

    def _page(self, request: HttpRequest, form: TokenForm, ways: list[Means], *, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            "form": form,
            "means": form.means.value,
            "other_ways": [name for name, means in WAYS.items() if means in ways and means != form.means],
            "next": next_of(request),
            "is_lost": LOST in request.GET,
            "step_up_minutes": settings.PORTAL_STEP_UP_MINUTES,
        }
        return render(request, self.template, context, status=status)


def _answer(page: HttpResponse, refusal: FactorRefused) -> HttpResponse:
    if isinstance(refusal, FactorThrottled):
        page["Retry-After"] = str(refusal.seconds)
    return page
