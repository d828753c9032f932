"""The page that asks a second factor, at every door that does: the person picks the way, the page never guesses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actors import actor_of
from accounts.challenges import remember, take
from accounts.choices import Means
from accounts.forms import CertificateForm, PasskeyForm, TokenForm, means_in
from accounts.http import LOST, next_of, page_before
from accounts.models import Account
from accounts.queries import factors_of
from accounts.refusals import FactorRefused, FactorThrottled
from accounts.services import ask_for_passkey, verify_certificate, verify_factor, verify_passkey
from accounts.shown_certificates import certificate_shown, vouch_for_certificate

# In the address: which way the person picked.
WAY = "met"
WAYS = {
    "code": Means.ONE_TIME_CODE,
    "passkey": Means.PASSKEY,
    "herstelcode": Means.RECOVERY_CODE,
    "certificaat": Means.CERTIFICATE,
}

FactorForm = TokenForm | PasskeyForm | CertificateForm


def ways_of(request: HttpRequest, account: Account) -> list[Means]:
    """What can be shown with this request, the usual first; a certificate only where one came with it."""
    means = factors_of(account).means
    return [*means, Means.CERTIFICATE] if certificate_shown(request) else means


@dataclass(frozen=True, slots=True)
class FactorPage:
    template: str
    # What the log calls it.
    door: str

    def shown(self, request: HttpRequest, account: Account) -> HttpResponse:
        """Asking, in the way that the address names; else in the one that is usual for this account."""
        ways = ways_of(request, account)
        picked = WAYS.get(request.GET.get(WAY, ""))
        return self._page(request, account, _form(picked if picked in ways else ways[0]))

    def verified(self, request: HttpRequest, account: Account, at: datetime) -> Means | HttpResponse:
        """By what the person has just shown who they are; the page again where it was not right."""
        form = _form(means_in(request.POST), request)
        if not form.is_valid():
            return self._page(request, account, form)
        try:
            self._verify(request, account, form, at)
        except FactorRefused as refusal:
            form.add_error("token" if "token" in form.fields else None, refusal.sentence)
            return _answer(self._page(request, account, form, status=refusal.status), refusal)
        shown = certificate_shown(request)
        if shown and form.means != Means.CERTIFICATE:
            vouch_for_certificate(account, shown, by=actor_of(request), at=at)
        return form.means

    def _verify(self, request: HttpRequest, account: Account, form: FactorForm, at: datetime) -> None:
        shown, by = form.cleaned_data.get("token", ""), actor_of(request)
        if form.means == Means.PASSKEY:
            challenge = take(request.session)
            verify_passkey(account, answer=shown, challenge=challenge, door=self.door, by=by, at=at)
        elif form.means == Means.CERTIFICATE:
            verify_certificate(account, shown=certificate_shown(request), door=self.door, by=by, at=at)
        else:
            verify_factor(account, means=form.means, entered=shown, door=self.door, by=by, at=at)

    def _page(self, request: HttpRequest, account: Account, form: FactorForm, *, status: int = 200) -> HttpResponse:
        ways = ways_of(request, account)
        context: dict[str, Any] = {
            "form": form,
            "means": form.means.value,
            "other_ways": [name for name, means in WAYS.items() if means in ways and means != form.means],
            "next": next_of(request),
            "is_lost": LOST in request.GET or LOST in request.POST,
            "back": page_before(request),
            "step_up_minutes": settings.PORTAL_STEP_UP_MINUTES,
        }
        if form.means == Means.PASSKEY:
            context["options"] = remember(request.session, ask_for_passkey(account))
        return render(request, self.template, context, status=status)


def _form(means: Means, request: HttpRequest | None = None) -> FactorForm:
    data = request.POST if request else None
    if means == Means.CERTIFICATE:
        return CertificateForm(data)
    return PasskeyForm(data) if means == Means.PASSKEY else TokenForm(data, means=means)


def _answer(page: HttpResponse, refusal: FactorRefused) -> HttpResponse:
    if isinstance(refusal, FactorThrottled):
        page["Retry-After"] = str(refusal.seconds)
    return page
