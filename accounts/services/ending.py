"""The end of an account, however it came: removed for good, or never used. Every floor lets go of what it has of it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accounts.actors import Actor
from accounts.choices import AccountState, RemovalStep
from accounts.models import Account, Mandate
from accounts.services.audit import Parameters, record
from accounts.services.changes import announce_change
from accounts.services.changing_factors import delete_factors
from accounts.services.email import end_waiting_email_change
from accounts.services.system_access import withdraw_authorisation
from accounts.signals import account_removal


def end_account(
    account: Account, step: RemovalStep, *, slug: str, by: Actor, at: datetime, parameters: Parameters | None = None
) -> None:
    """In the caller's transaction, the account locked; `slug` says in the log why it ended."""
    account.state = AccountState.REMOVED
    account.save(update_fields=["state"])
    record(slug, by=by, at=at, account=account, parameters=parameters)
    _let_go(account, by=by, at=at)
    tell_of_step(account, step, by=by, at=at)


def tell_of_step(account: Account, step: RemovalStep, *, by: Actor, at: datetime) -> None:
    """The floors above, now, and the gate after the commit."""
    account_removal.send(Account, account=account, step=step, by=by, at=at)
    announce_change([account.pk])


def _let_go(account: Account, *, by: Actor, at: datetime) -> None:
    """What this floor has of an ended account. Its number, name and log stay: a number is never used again."""
    for authorisation in account.authorisations.select_related("service"):
        withdraw_authorisation(account, service=authorisation.service, by=by, at=at)
    _end_mandates(account, by=by, at=at)
    end_waiting_email_change(account, at)
    account.sessions.all().delete()
    delete_factors(account)
    account.set_unusable_password()
    account.pin = ""
    account.save(update_fields=["password", "pin"])


def _end_mandates(account: Account, *, by: Actor, at: datetime) -> None:
    running = Mandate.objects.filter(Q(valid_until=None) | Q(valid_until__gt=at), account=account)
    for mandate in running.select_for_update(no_key=True):
        if mandate.valid_from < at:
            mandate.valid_until = at
            mandate.save(update_fields=["valid_until"])
        else:
            mandate.delete()
        record("account:mandate:ended", by=by, at=at, account=account, parameters={"rank": mandate.rank})
