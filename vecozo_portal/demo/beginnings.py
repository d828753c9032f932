"""Accounts of the demo that have yet to begin: a PIN waits sealed in the message box, or Support may decide."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import Account
from accounts.queries import contact_persons
from accounts.services import issue_pin
from blocking.models import AccountRequest
from messagebox.services import post_message
from vecozo_portal.demo.cast import Person
from vecozo_portal.demo.values import pin_of

# Long before they would be removed for not being activated.
BEGUN_AGO: Final = timedelta(days=3)
BEGINNING: Final = frozenset({AccountState.REQUESTED, AccountState.ISSUED})


def begin(account: Account, person: Person, *, at: datetime) -> None:
    """Once. `at` is the moment of loading."""
    if person.state == AccountState.ISSUED and account.pin_set_at is None:
        _hand_over(account, pin_of(person), at - BEGUN_AGO)
    if person.state == AccountState.REQUESTED:
        _ask(account, at - BEGUN_AGO)


@transaction.atomic
def _hand_over(account: Account, pin: str | None, at: datetime) -> None:
    """As the portal does, with the demo's own PIN: whoever tries the demo reads it, and activates the account."""
    if pin and account.organisation:
        issue_pin(account, pin=pin, by=PORTAL, at=at)
        parameters = {"why": "issued", "by_name": ""}
        post_message(
            account.organisation,
            kind="blocking:new_pin",
            parameters=parameters,
            about=account,
            by=PORTAL,
            at=at,
            secret=pin,
        )


def _ask(account: Account, at: datetime) -> None:
    if account.organisation:
        asker = contact_persons(account.organisation, at).first()
        AccountRequest.objects.get_or_create(account=account, defaults={"asked_by": asker, "asked_at": at})
