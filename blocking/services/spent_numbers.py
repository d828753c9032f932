"""Who spends all tries of one user number after another is stopped, long before a source's entries are too many.

It counts what was typed, whether or not there is such an account: if blocks were counted, being stopped would tell
which numbers exist. Right entries never count. Browsers that the account knows go on, for they are its user's.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from limits import RateLimitItem

from accounts.actors import Actor
from accounts.policy import canonical_user_number
from blocking import metrics
from blocking.policy import source_of
from blocking.queries.browsers import is_known_to
from blocking.refusals import SourceStopped
from blocking.services.throttle import OFF, has_room, hit, longest_wait, parsed


def insist_on_few(user_number: str, *, by: Actor, at: datetime) -> None:
    """Raises SourceStopped (429) where this source spent too many numbers of late; costs no hash."""
    source = source_of(by.source_address)
    wait = longest_wait(_limits(), source, "numbers") if source else 0
    if wait and not is_known_to(canonical_user_number(user_number), by=by, at=at):
        metrics.source_refusals.inc()
        raise SourceStopped(retry_after=wait)


def count_failure(user_number: str, *, by: Actor) -> None:
    """One more entry with this number that was refused; when that makes as many as block, the number is spent."""
    source = source_of(by.source_address)
    number = sha256((canonical_user_number(user_number) or user_number).encode(errors="replace")).hexdigest()
    for limit in _limits() if source else ():
        tries = _like(limit, settings.PORTAL_FAILURE_LIMIT)
        hit(tries, source, number)
        # Once, however many entries come at the same time or later.
        if not has_room(tries, source, number) and hit(_like(limit, 1), source, number, "spent"):
            hit(limit, source, "numbers")


def _like(limit: RateLimitItem, amount: int) -> RateLimitItem:
    """So many in the same period."""
    return type(limit)(amount, limit.multiples)


def _limits() -> tuple[RateLimitItem, ...]:
    """None either where sources are not limited at all."""
    return () if settings.PORTAL_SOURCE_LIMIT == OFF else parsed(settings.PORTAL_SOURCE_NUMBERS_LIMIT)
