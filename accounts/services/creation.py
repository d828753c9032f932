from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor, as_one_line
from accounts.choices import AccountKind, AccountState, MandateRank
from accounts.models import Account, Mandate, Organisation
from accounts.numbers import new_user_number
from accounts.services.audit import record


@transaction.atomic
def create_organisation(
    *,
    agb_code: str,
    name: str,
    by: Actor,
    at: datetime,
    email: str = "",
    phone: str = "",
    correspondence_address: str = "",
    is_pgb_provider: bool = False,
) -> Organisation:
    """A new organisation; what people read of it is made inert. Audited. Raises IntegrityError where it is there."""
    organisation = Organisation.objects.create(
        agb_code=agb_code,
        name=as_one_line(name),
        email=email,
        phone=as_one_line(phone),
        correspondence_address="\n".join(as_one_line(line) for line in correspondence_address.splitlines()),
        is_pgb_provider=is_pgb_provider,
        created_at=at,
    )
    parameters = {"organisation": organisation.name}
    record("account:organisation:created", by=by, at=at, organisation=organisation, parameters=parameters)
    return organisation


@transaction.atomic
def create_account(
    *,
    organisation: Organisation | None,
    name: str,
    by: Actor,
    at: datetime,
    email: str = "",
    kind: AccountKind = AccountKind.PERSONAL,
    state: AccountState = AccountState.REQUESTED,
    user_number: str | None = None,
) -> Account:
    """A new account with a number of its own, an inert name and no usable secret. Without organisation: Support."""
    account = Account(
        organisation=organisation,
        name=as_one_line(name),
        email=email,
        kind=kind,
        state=state,
        is_staff=organisation is None,
        user_number=user_number or new_user_number(),
        created_at=at,
        issued_at=at if state == AccountState.ISSUED else None,
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    record("account:account:created", by=by, at=at, account=account)
    return account


@transaction.atomic
def grant_mandate(
    account: Account,
    *,
    rank: MandateRank,
    valid_from: datetime,
    by: Actor,
    at: datetime,
    valid_until: datetime | None = None,
) -> Mandate:
    """Make an account contact person of its own organisation.

    Raises IntegrityError where the rank is taken in that period (first and second: one at a time),
    and ValueError for Support's own people, who have no organisation.
    """
    if account.organisation is None:
        raise ValueError("Support's own people hold no mandate.")
    mandate = Mandate.objects.create(
        account=account,
        organisation=account.organisation,
        rank=rank,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    record("account:mandate:granted", by=by, at=at, account=account, parameters={"rank": rank})
    return mandate
