from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.choices import Outcome
from accounts.models import Account, AuditEvent, Organisation
from accounts.refusals import Refusal

Parameters = Mapping[str, "str | int | bool | None"]


def record(
    slug: str,
    *,
    by: Actor,
    at: datetime,
    account: Account | None = None,
    organisation: Organisation | None = None,
    outcome: Outcome = Outcome.SUCCEEDED,
    parameters: Parameters | None = None,
) -> AuditEvent:
    """Write one line of the log, in the caller's transaction.

    `account` is on whom; its organisation is filled in where none is given. Parameters hold no
    secret and no user number.
    """
    concerned = organisation or (account.organisation if account else None)
    return AuditEvent.objects.create(
        slug=slug,
        at=at,
        outcome=outcome,
        actor=by.account,
        on_behalf_of=by.on_behalf_of,
        account=account,
        organisation=concerned,
        source_address=by.source_address,
        user_agent=by.user_agent,
        parameters=dict(parameters or {}),
    )


def record_export(account: Account, *, by: Actor, at: datetime) -> AuditEvent:
    """Write that somebody took a copy of what the portal holds on this account."""
    return record("account:data:exported", by=by, at=at, account=account)


def record_refusal(
    slug: str,
    refusal: Refusal,
    *,
    by: Actor,
    at: datetime,
    account: Account | None = None,
    organisation: Organisation | None = None,
) -> AuditEvent:
    """Write that an act was refused and why. Called outside the transaction that was refused."""
    return record(
        slug,
        by=by,
        at=at,
        account=account,
        organisation=organisation,
        outcome=Outcome.REFUSED,
        parameters={"code": refusal.code},
    )


@contextmanager
def refusals_recorded(
    slug: str | Callable[[Refusal], str], *, by: Actor, at: datetime, account: Account | None
) -> Iterator[None]:
    """A transaction; what it refuses is written down after it was rolled back, and raised on.

    Not to be used inside another transaction, or the refusal is forgotten with that.
    """
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        record_refusal(slug if isinstance(slug, str) else slug(refusal), refusal, by=by, at=at, account=account)
        raise
