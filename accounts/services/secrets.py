from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.actors import Actor
from accounts.choices import Secret
from accounts.models import Account
from accounts.numbers import new_pin
from accounts.services.audit import record
from accounts.services.email import end_waiting_email_change
from accounts.signals import secret_replaced


@transaction.atomic
def set_password(account: Account, *, new_password: str, by: Actor, at: datetime) -> None:
    """Give an account a new password and tell the floors above (`secret_replaced`).

    Ends every session of the account; one that is just being saved falls too, for Django ties it to the password's
    hash. A change of e-mail address that still waits comes to nothing. Whether the
    password is good enough is the caller's question (`accounts.validation`).
    """
    account.password = make_password(new_password)
    account.password_set_at = at
    account.save(update_fields=["password", "password_set_at"])
    account.sessions.all().delete()
    end_waiting_email_change(account, at)
    record("account:password:changed", by=by, at=at, account=account)
    secret_replaced.send(Account, account=account, secret=Secret.PASSWORD, by=by, at=at)


def rehash_secret(account: Account, *, secret: Secret, entered: str) -> None:
    """Keep the same, just verified, secret under today's hash parameters. Nothing is new, so nothing is told.

    A secret that was replaced while this one was being verified is left alone.
    """
    field = "pin" if secret == Secret.PIN else "password"
    verified, renewed = getattr(account, field), make_password(entered)
    if Account.objects.filter(pk=account.pk, **{field: verified}).update(**{field: renewed}):
        setattr(account, field, renewed)


@transaction.atomic
def issue_pin(account: Account, *, by: Actor, at: datetime, pin: str | None = None) -> str:
    """Give an account a new PIN and return it, once; only its hash is kept.

    The old PIN is invalid from this moment. Audited without the PIN.
    """
    issued = pin or new_pin()
    account.pin = make_password(issued)
    account.pin_set_at = at
    account.save(update_fields=["pin", "pin_set_at"])
    record("account:pin:issued", by=by, at=at, account=account)
    secret_replaced.send(Account, account=account, secret=Secret.PIN, by=by, at=at)
    return issued
