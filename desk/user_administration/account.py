"""One account: what blocks it and who lifts that, facts, services, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.choices import AccountState
from accounts.decorators import ContactPersonRequest, contact_person_required
from accounts.queries import services_of
from accounts.services import why_not_to_remove, why_not_to_undo
from blocking.policy.activation import activate_before
from blocking.queries.history import history_page
from blocking.queries.offers import Offer, lifted_block, offers_of
from blocking.queries.void_secrets import void_secrets_by_account
from blocking.services import why_not_to_renew_pin
from desk.cases import Asking, askings_beside
from desk.forms import number_in, uuid_in
from desk.timeline import lines_of
from desk.user_administration.own_account import own_account

if TYPE_CHECKING:
    from accounts.models import Account
    from blocking.models import Block


@dataclass(frozen=True, slots=True)
class Line:
    """An open block on the page: lifted here, or asked of Support."""

    offer: Offer
    asking: Asking | None

    @property
    def block(self) -> Block:
        return self.offer.block

    @property
    def may_lift(self) -> bool:
        return self.offer.may_lift

    @property
    def refusal(self) -> str:
        return self.offer.refusal


@require_safe
@contact_person_required
def account_page(request: ContactPersonRequest, public_id: UUID) -> HttpResponse:
    at = timezone.now()
    account = own_account(request, public_id, at)
    return render(request, "desk/user_administration/account.html", _context(request, account, at))


def _context(request: ContactPersonRequest, account: Account, at: datetime) -> dict[str, object]:
    history = history_page(account, number_in(request.GET, "geschiedenis"))
    return {
        "account": account,
        "is_own_account": account.pk == request.user.pk,
        "can_remove": why_not_to_remove(account, by=request.actor, at=at) is None,
        "can_undo": why_not_to_undo(account, by=request.actor, at=at) is None,
        "removed_by_support": account.is_system,
        "lines": block_lines(request, account, at),
        "lifted": _just_lifted(request, account),
        "void_secrets": void_secrets_by_account([account])[account.pk],
        "activate_before": _activate_before(account),
        "may_renew_pin": why_not_to_renew_pin(account, by=request.actor, at=at) is None,
        "services": services_of(account),
        "history": history,
        "timeline": lines_of(history.events, reader=request.user),
    }


def _activate_before(account: Account) -> datetime | None:
    """Until when somebody new still has to activate; None where nobody waits for that."""
    if account.state != AccountState.ISSUED or account.issued_at is None:
        return None
    return activate_before(account.issued_at, activation_days=settings.PORTAL_ACTIVATION_DAYS)


def block_lines(request: ContactPersonRequest, account: Account, at: datetime, *, back: str = "") -> list[Line]:
    """A line per open block of an account, oldest first. `back`: see `askings_beside`."""
    offers = offers_of(account, by=request.actor, at=at)
    askings = askings_beside(offers, back=back)
    return [Line(offer, askings[offer.block.pk]) for offer in offers]


def _just_lifted(request: ContactPersonRequest, account: Account) -> Block | None:
    """The block that the address says was lifted a moment ago, if that is so."""
    public_id = uuid_in(request.GET.get("opgeheven", ""))
    return lifted_block(account, public_id) if public_id else None
