"""What a contact person does about certificates of the organisation's software: revoke one, make one ready again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.decorators import ContactPersonRequest, contact_person_required, recent_factor_required
from accounts.http import LOOK_OR_SEND, see_other
from accounts.kept import first_values, kept_for
from accounts.queries import system_account_of
from accounts.refusals import NotYourOrganisation
from certificates.choices import RevocationReason
from certificates.forms import RevokeOwnForm
from certificates.policy import READY_FOR
from certificates.queries import certificate_of, certificates_of, holder_of_certificate
from certificates.services import prepare_reinstall, revoke_certificate, why_not_to_prepare
from desk.refusing import refuse_page
from desk.user_administration.clients import certificate_lines

if TYPE_CHECKING:
    from accounts.models import Account

PAGE = "system-certificates"


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required(keeps=("reason", "note"))
def revoke_page(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    """Asks by GET, revokes by POST; what is not the organisation's own is not there. Raises AlreadyRevoked."""
    at = timezone.now()
    account = system_account_of(request.organisation)
    certificate = certificate_of(account, public_id) if account else None
    if certificate is None:
        _refuse(request, at, holder_of_certificate(public_id))
    form = RevokeOwnForm(request.POST if request.method == "POST" else None, initial=first_values(kept_for(request)))
    if form.is_valid():
        reason, note = RevocationReason(form.cleaned_data["reason"]), form.cleaned_data["note"]
        revoke_certificate(certificate, by=request.actor, at=at, reason=reason, note=note)
        messages.success(
            request,
            "Het certificaat is ingetrokken en wordt overal geweigerd. "
            "Hebt u een nieuw certificaat nodig? Zet het hieronder klaar.",
        )
        return see_other(reverse(PAGE))
    lines = certificate_lines(certificates_of(certificate.account), at)
    [line] = [line for line in lines if line.certificate == certificate]
    context = {"line": line, "form": form, "account": certificate.account}
    return render(request, "desk/user_administration/certificate_revoke.html", context)


@require_http_methods(LOOK_OR_SEND)
@contact_person_required
@recent_factor_required()
def prepare_page(request: ContactPersonRequest) -> HttpResponse:
    """Asks by GET, makes ready by POST. Raises what `prepare_reinstall` raises; only asking is no attempt."""
    at = timezone.now()
    account = system_account_of(request.organisation)
    if account is None:
        _refuse(request, at)
    if request.method == "POST":
        prepare_reinstall(account, by=request.actor, at=at)
        messages.success(
            request,
            f"Er staat een certificaat klaar. Laat het binnen {READY_FOR.days} dagen installeren, "
            "met het gebruikersnummer en de pincode van het systeemaccount.",
        )
        return see_other(reverse(PAGE))
    refusal = why_not_to_prepare(account, at=at)
    if refusal:
        raise refusal
    context = {"account": account, "days": READY_FOR.days}
    return render(request, "desk/user_administration/certificate_prepare.html", context)


def _refuse(request: ContactPersonRequest, at: datetime, account: Account | None = None) -> NoReturn:
    refuse_page(NotYourOrganisation(), by=request.actor, at=at, account=account)
