"""Who is told what in the life of an account: never a PIN, and a user number in one mail only."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from accounts.actors import PORTAL, Actor
from accounts.models import Account
from accounts.services import Parameters
from blocking.models import AccountRequest
from blocking.policy.activation import activate_before
from blocking.services.notices import mail_holder
from blocking.user_number_mail import NUMBER_OF
from messagebox.services import post_message, queue_mail


def tell_pin_issued(account: Account, *, at: datetime) -> None:
    """That there is a new one, and who has it; never the PIN."""
    mail_holder(account, "pin_issued", {"issued_at": at.isoformat()}, at)


def tell_to_activate(account: Account, *, at: datetime) -> None:
    """The contact persons: somebody has not begun yet, and until when that can be done."""
    issued_at = account.issued_at or at
    until = activate_before(issued_at, activation_days=settings.PORTAL_ACTIVATION_DAYS)
    facts: Parameters = {"issued_at": issued_at.isoformat(), "until_at": until.isoformat()}
    _post(account, "activation_due", facts, at=at)


def tell_not_activated(account: Account, *, days: int, at: datetime) -> None:
    """The contact persons: it is too late, the account is gone."""
    _post(account, "not_activated", {"days": days}, at=at)


def _post(account: Account, name: str, facts: Parameters, *, at: datetime) -> None:
    if account.organisation:
        kind = f"blocking:{name}"
        post_message(account.organisation, kind=kind, parameters=facts, about=account, by=PORTAL, at=at)


def tell_activated(account: Account, *, at: datetime) -> None:
    """The rightful user, who may have been somebody else."""
    mail_holder(account, "account_activated", {"activated_at": at.isoformat()}, at)


def send_user_number(account: Account, *, to: Account | str, at: datetime) -> None:
    """The number of a new account, apart from its PIN; it is looked up as the mail leaves."""
    if to if isinstance(to, str) else to.email:
        queue_mail("user_number", to=to, parameters={NUMBER_OF: str(account.public_id)}, at=at)


def tell_support_of_request(request: AccountRequest, *, at: datetime) -> None:
    """Support as a whole: somebody waits for a decision."""
    organisation = request.account.organisation
    parameters: Parameters = {
        "request_pk": request.pk,
        "account": request.account.name,
        "asked_for": organisation.name if organisation else "",
        "asked_at": request.asked_at.isoformat(),
    }
    queue_mail("account_requested", to=settings.PORTAL_SUPPORT_EMAIL, parameters=parameters, at=at)


def tell_request_rejected(request: AccountRequest, *, by: Actor, at: datetime) -> None:
    """The contact persons by message box, with why."""
    account = request.account
    if account.organisation:
        parameters: Parameters = {"why": request.reason}
        kind = "blocking:request_rejected"
        post_message(account.organisation, kind=kind, parameters=parameters, about=account, by=by, at=at)
