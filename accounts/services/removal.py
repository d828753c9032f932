"""Removing an account: asked, undone until it is final, and made final by the worker."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction

from accounts.actors import PORTAL, Actor
from accounts.choices import AccountState, IdentityCheck, RemovalStep
from accounts.models import Account
from accounts.policy.removal import RemovalGround, why_not_remove, why_not_undo
from accounts.queries import due_removals, removable_of, remover_of
from accounts.refusals import NoReasonGiven, Refusal
from accounts.refusals_of_removal import removal_refusal_of
from accounts.services.audit import Parameters, record, refusals_recorded
from accounts.services.ending import end_account, tell_of_step
from accounts.services.locking import locked_account, locked_with_organisation
from accounts.services.sign_in import end_sessions

logger = logging.getLogger(__name__)

_FIELDS = ("state", "removal_final_at", "state_before_removal", "removal_asked_by")


def remove_account(account: Account, *, by: Actor, at: datetime) -> Account:
    """A contact person removes an account: it is shut at once, its sessions end, and for a while it can be undone.

    Audited and told. Raises a refusal named for its ground (`accounts.refusals_of_removal`), audited too. Call it
    outside a transaction.
    """
    with refusals_recorded("account:removal:refused", by=by, at=at, account=account):
        return _remove(account, {}, by=by, at=at)


def remove_at_support(account: Account, *, check: IdentityCheck, reason: str, by: Actor, at: datetime) -> Account:
    """The same by Support, who made sure who asks. The reason stands in the log, for Support alone.

    Raises NoReasonGiven besides.
    """
    with refusals_recorded("account:removal:refused", by=by, at=at, account=account):
        if not reason.strip():
            raise NoReasonGiven
        return _remove(account, {"check": check.value, "remark": reason}, by=by, at=at)


def undo_removal(account: Account, *, by: Actor, at: datetime) -> Account:
    """Back to exactly the state before; sessions that ended stay ended. Audited and told.

    Raises a refusal named for its ground, audited too. Call it outside a transaction.
    """
    with refusals_recorded("account:removal_undo:refused", by=by, at=at, account=account):
        locked = locked_with_organisation(account)
        _insist(why_not_undo(remover_of(by, at), removable_of(locked, at), at=at))
        locked.state, locked.state_before_removal = locked.state_before_removal, ""
        locked.removal_final_at = locked.removal_asked_by = None
        locked.save(update_fields=_FIELDS)
        record("account:removal:undone", by=by, at=at, account=locked)
        tell_of_step(locked, RemovalStep.UNDONE, by=by, at=at)
    return locked


def why_not_to_remove(account: Account, *, by: Actor, at: datetime) -> Refusal | None:
    """What would refuse the removal, for a page that asks first; None where nothing does."""
    return _refusal_of(why_not_remove(remover_of(by, at), removable_of(account, at)))


def why_not_to_undo(account: Account, *, by: Actor, at: datetime) -> Refusal | None:
    return _refusal_of(why_not_undo(remover_of(by, at), removable_of(account, at), at=at))


def finish_removals(*, at: datetime) -> int:
    """Make final what can no longer be undone, each in a transaction of its own; how many. Safe to do twice."""
    return sum(_finish_alone(account_id, at) for account_id in due_removals(at).values_list("pk", flat=True))


def _remove(account: Account, more: Parameters, *, by: Actor, at: datetime) -> Account:
    locked = locked_with_organisation(account)
    _insist(why_not_remove(remover_of(by, at), removable_of(locked, at)))
    final_at = at + timedelta(minutes=settings.PORTAL_REMOVAL_MINUTES)
    locked.state, locked.state_before_removal = AccountState.REMOVAL_PENDING, locked.state
    locked.removal_final_at, locked.removal_asked_by = final_at, by.account
    locked.save(update_fields=_FIELDS)
    end_sessions(locked, by=by, at=at)
    record("account:removal:asked", by=by, at=at, account=locked, parameters={"until": final_at.isoformat(), **more})
    tell_of_step(locked, RemovalStep.ASKED, by=by, at=at)
    return locked


def _insist(ground: RemovalGround | None) -> None:
    if ground:
        raise removal_refusal_of(ground)


def _refusal_of(ground: RemovalGround | None) -> Refusal | None:
    return removal_refusal_of(ground) if ground else None


def _finish_alone(account_id: int, at: datetime) -> bool:
    """One that cannot be finished keeps no other from it, and is tried again."""
    try:
        return _finish(account_id, at)
    except DatabaseError:
        logger.exception("The removal of an account could not be made final; it is tried again.")
        return False


@transaction.atomic
def _finish(account_id: int, at: datetime) -> bool:
    """Whoever undid it a moment before has the lock first, and then there is nothing to finish."""
    account = locked_account(account_id)
    if account.state != AccountState.REMOVAL_PENDING or not _is_final(account, at):
        return False
    end_account(account, RemovalStep.FINAL, slug="account:account:removed", by=PORTAL, at=at)
    return True


def _is_final(account: Account, at: datetime) -> bool:
    return account.removal_final_at is not None and account.removal_final_at <= at
