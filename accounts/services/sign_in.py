from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.actors import Actor
from accounts.models import Account, Session
from accounts.refusals import Refusal
from accounts.services.audit import Parameters, record, record_refusal
from accounts.signals import sign_in_completed


@transaction.atomic
def complete_sign_in(account: Account, *, by: Actor, at: datetime) -> None:
    """Record that somebody is in, all proofs given. Floors above reset their counts on the signal."""
    account.last_sign_in_at = at
    account.save(update_fields=["last_sign_in_at"])
    record("account:sign_in:succeeded", by=by.known_as(account), at=at, account=account)
    sign_in_completed.send(Account, account=account, by=by, at=at)


def accept_password(account: Account, *, by: Actor, at: datetime) -> None:
    """Record that the password was right, where a second factor has yet to be shown. Resets no count."""
    record("account:password:accepted", by=by.known_as(account), at=at, account=account)


def refuse_sign_in(account: Account | None, refusal: Refusal, *, by: Actor, at: datetime) -> None:
    """Record why somebody who was half signed in gets no further."""
    record_refusal("account:sign_in:refused", refusal, by=by, at=at, account=account)


def end_sessions(account: Account, *, by: Actor, at: datetime) -> None:
    """End every session of the account, now and for good; in the caller's transaction. Audited."""
    Account.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)
    account.sessions.all().delete()
    record("account:sessions:ended", by=by, at=at, account=account)


@transaction.atomic
def end_session(session: Session, *, by: Actor, at: datetime) -> None:
    """End one session, elsewhere. Audited with where it was; nothing happens where it was over already."""
    ended, _ = Session.objects.filter(pk=session.pk).delete()
    if ended:
        where: Parameters = {"ended_address": session.source_address, "ended_program": session.user_agent}
        record("account:session:ended", by=by, at=at, account=session.account, parameters=where)


def record_sign_out(account: Account, *, by: Actor, at: datetime) -> None:
    record("account:sign_out:succeeded", by=by, at=at, account=account)
