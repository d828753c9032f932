"""A number and a PIN for a new account, each by its own way: the number by e-mail, the PIN sealed."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from accounts.models import Account, Organisation
from accounts.services import issue_account
from blocking.services.life.pins import ISSUED, hand_over
from blocking.services.life.telling import send_user_number
from messagebox.queries import readers


def issue(account: Account, organisation: Organisation, *, to: Account | None, by: Actor, at: datetime) -> None:
    """From now on the account may be activated. In the caller's transaction, the account locked.

    `to`: who asked for it and gets the number. Where nobody reads messages, or Support asked for it, the number goes to
    the organisation's own address and Support sends the PIN by letter, in an act of its own.
    """
    issue_account(account, by=by, at=at)
    contact_person = to if to and to.organisation_id == organisation.pk else None
    send_user_number(account, to=contact_person or organisation.email, at=at)
    if contact_person and readers(organisation, at).exists():
        hand_over(account, to=organisation, why=ISSUED, by=by, at=at)
