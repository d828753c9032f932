"""Another e-mail address: asked for, and in force when who reads the mail there has confirmed it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account, EmailChange
from accounts.policy import EMAIL_CHANGE_LIFE, EMAIL_CHANGES_A_DAY, EMAIL_CHANGES_WINDOW
from accounts.refusals import EmailChangeExpired, EmailChangeOver, TooManyEmailChanges
from accounts.services.audit import record


@transaction.atomic
def request_email_change(account: Account, *, email: str, by: Actor, at: datetime) -> EmailChange:
    """Begin a change, instead of one that still waits. Audited, without addresses: the row has those.

    `email` has been looked at by `accounts.forms.EmailAddressField`. Raises TooManyEmailChanges: a stranger may be the
    one who gets all that mail.
    """
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    lately = EmailChange.objects.filter(account=account, requested_at__gt=at - EMAIL_CHANGES_WINDOW).count()
    if lately >= EMAIL_CHANGES_A_DAY:
        raise TooManyEmailChanges
    end_waiting_email_change(account, at)
    change = EmailChange.objects.create(
        account=account, email=email, email_before=locked.email, requested_at=at, expires_at=at + EMAIL_CHANGE_LIFE
    )
    record("account:email_change:requested", by=by, at=at, account=account)
    return change


@transaction.atomic
def confirm_email_change(change: EmailChange, *, by: Actor, at: datetime) -> EmailChange:
    """The account's mail goes to the new address from now on. Audited. Once only: raises EmailChangeOver."""
    account = Account.objects.select_for_update(no_key=True).get(pk=change.account_id)
    locked = EmailChange.objects.select_for_update(no_key=True).get(pk=change.pk)
    if not locked.is_waiting(at):
        raise why_it_is_over(locked)
    # What it was at this very moment: that is who must hear of it.
    locked.confirmed_at, locked.email_before = at, account.email
    locked.save(update_fields=["confirmed_at", "email_before"])
    account.email = locked.email
    account.save(update_fields=["email"])
    record("account:email:changed", by=by, at=at, account=account)
    return locked


def why_it_is_over(change: EmailChange) -> EmailChangeOver:
    """For one that does not wait (any more)."""
    return EmailChangeOver() if change.confirmed_at else EmailChangeExpired()


@transaction.atomic
def withdraw_email_change(account: Account, *, by: Actor, at: datetime) -> bool:
    """Let a change that waits come to nothing; was there one? Audited."""
    waiting = EmailChange.objects.waiting(at).filter(account=account).exists()
    end_waiting_email_change(account, at)
    if waiting:
        record("account:email_change:withdrawn", by=by, at=at, account=account)
    return waiting


def end_waiting_email_change(account: Account, at: datetime) -> None:
    """Also one that ran out: there is one at a time."""
    unfinished = EmailChange.objects.filter(account=account, confirmed_at=None, withdrawn_at=None)
    unfinished.update(withdrawn_at=at)
