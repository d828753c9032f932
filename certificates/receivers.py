"""What certificates do when they hear the ground floor's signal: publish what became true, at once.

Whoever misses it, because a process died or the signing failed, is caught up with by the hourly task.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from accounts.choices import FactorChange, RemovalStep
from accounts.models import Account
from accounts.signals import account_removal, accounts_changed, factor_changed
from certificates.authority import AuthorityUnusable, authority
from certificates.queries import has_issued_certificate
from certificates.services import ask_no_certificate, forget_card, publish_if_changed, revoke_of_removed

logger = logging.getLogger(__name__)


def publish_what_changed(sender: object, *, account_ids: Collection[int], **_: Any) -> None:
    """A revocation, a removal, or a block by Support that opened or was lifted: it stands on the list at once."""
    at = timezone.now()
    try:
        revoke_of_removed(account_ids, at=at)
        if has_issued_certificate(account_ids, at):
            publish_if_changed(authority(), at=at)
    except (AuthorityUnusable, DatabaseError):
        logger.warning("The revocation list was not signed anew; the hourly task tries again.", exc_info=True)


def revoke_of_who_is_removed(sender: object, *, account: Account, step: RemovalStep, at: datetime, **_: Any) -> None:
    """With the removal itself; the list is signed anew after the commit, above."""
    if step.is_the_end:
        revoke_of_removed([account.pk], at=at)
        forget_card(account, at=at)


def forget_with_all_factors(sender: object, *, account: Account, change: FactorChange, at: datetime, **_: Any) -> None:
    """Support takes every factor away: a card that somebody else may have linked too, and asks no certificate."""
    if change == FactorChange.RESET:
        forget_card(account, at=at)
        ask_no_certificate(account)


def connect() -> None:
    account_removal.connect(revoke_of_who_is_removed, dispatch_uid="certificates")
    factor_changed.connect(forget_with_all_factors, dispatch_uid="certificates")
    accounts_changed.connect(publish_what_changed, dispatch_uid="certificates")
