"""The account that a page of Gebruikersbeheer is about."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from accounts.decorators import ContactPersonRequest
from accounts.queries import account_anywhere, account_of
from accounts.refusals import NotYourOrganisation
from desk.refusing import refuse_page

if TYPE_CHECKING:
    from accounts.models import Account


def own_account(request: ContactPersonRequest, public_id: UUID, at: datetime) -> Account:
    """Of the contact person's organisation. Raises NotYourOrganisation, audited, for all that is not."""
    account = account_of(request.organisation, public_id)
    if account is None:
        refuse_page(NotYourOrganisation(), by=request.actor, at=at, account=account_anywhere(public_id))
    return account
