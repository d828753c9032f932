"""Another e-mail address: asked for with the password, in force once the new mailbox has confirmed it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import SignedInRequest, recent_factor_required, sign_in_required
from accounts.http import LOOK_OR_SEND, see_other, way_back
from accounts.kept import first_values, kept_for
from accounts.links import EMAIL_CHANGE, public_id_in
from accounts.models import EmailChange
from accounts.policy import EMAIL_CHANGES_WINDOW
from accounts.queries import account_changing_email, email_change_of, waiting_email_change
from accounts.refusals import NotYourOrganisation, TooManyEmailChanges
from accounts.services import why_it_is_over, withdraw_email_change
from blocking.services import ask_for_own_email_change, confirm_own_email_change
from desk.my_account.forms import ChangeEmailForm
from desk.my_account.standing import WRONG, hindrance_of
from desk.refusing import refuse_page


@sensitive_post_parameters("password")
@require_http_methods(LOOK_OR_SEND)
@sign_in_required
@recent_factor_required(keeps=("email",))
def email_page(request: SignedInRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = ChangeEmailForm(typed, initial=first_values(kept_for(request)), account=request.user)
    if not form.is_valid():
        return _page(request, form)
    try:
        change = ask_for_own_email_change(request.user, **form.cleaned_data, by=request.actor, at=timezone.now())
    except TooManyEmailChanges as refusal:
        form.add_error("email", refusal.sentence)
        answer = _page(request, form, status=refusal.status)
        answer["Retry-After"] = str(int(EMAIL_CHANGES_WINDOW.total_seconds()))
        return answer
    if change is None:
        form.add_error("password", WRONG)
        return _page(request, form)
    return see_other(reverse("change-email"))


@require_POST
@way_back("change-email")
@sign_in_required
def withdraw_change(request: SignedInRequest) -> HttpResponse:
    if withdraw_email_change(request.user, by=request.actor, at=timezone.now()):
        messages.success(request, "De wijziging is ingetrokken. Uw e-mailadres blijft zoals het was.")
    return see_other(reverse("change-email"))


@require_http_methods(LOOK_OR_SEND)
@sign_in_required
def confirm_page(request: SignedInRequest, token: str) -> HttpResponse:
    """Where the link in the mail leads: looking changes nothing, the press does. Somebody else's is not there."""
    at, change = timezone.now(), _change_in(request, token)
    if request.method == "POST":
        confirmed = confirm_own_email_change(change, by=request.actor, at=at)
        messages.success(request, f"Uw e-mailadres is gewijzigd. Onze e-mails gaan nu naar {confirmed.email}.")
        return see_other(reverse("my-account"))
    if not change.is_waiting(at):
        raise why_it_is_over(change)
    return render(request, "desk/my_account/email_confirm.html", {"change": change, "token": token})


def _change_in(request: SignedInRequest, token: str) -> EmailChange:
    public_id = public_id_in(token, EMAIL_CHANGE)
    change = email_change_of(request.user, public_id) if public_id else None
    if change is None:
        whose = account_changing_email(public_id) if public_id else None
        refuse_page(NotYourOrganisation(), by=request.actor, at=timezone.now(), account=whose)
    return change


def _page(request: SignedInRequest, form: ChangeEmailForm, *, status: int = 200) -> HttpResponse:
    at = timezone.now()
    context = {
        "form": form,
        "account": request.user,
        "waiting": waiting_email_change(request.user, at),
        "hindrance": hindrance_of(request.user, by=request.actor, at=at),
    }
    return render(request, "desk/my_account/email.html", context, status=status)
