"""Does what somebody proved at a door still stand when the act begins? Between the two, anything may have happened."""

from __future__ import annotations

from accounts.choices import Secret
from accounts.models import Account
from blocking.choices import Door
from blocking.doors import DOORS, serves
from blocking.queries.doors import is_refused_now
from blocking.services import hashing


def still_stands(account: Account, door: Door, *, browser_class: str) -> bool:
    """Would the secret that was found right be let in now as well? Locks the account, before any budget.

    While a hash is being computed the secret may be replaced, the account removed or blocked at another door.
    """
    now = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    secret = DOORS[door].secret
    served = serves(door, kind=now.kind, state=now.state)
    refused = is_refused_now(now, secret, browser_class=browser_class)
    return served and not refused and _is_same_secret(secret, now, verified=account)


def _is_same_secret(secret: Secret, now: Account, *, verified: Account) -> bool:
    """The same hash, or the same secret of which another entry has just renewed the hash."""
    before = verified.hash_of(secret)
    if now.hash_of(secret) == before:
        return True
    return hashing.is_outdated(before) and now.set_at(secret) == verified.set_at(secret)
