"""The source throttle before every door: who failed too often from one place waits, whatever account was typed.

It counts entries that were refused. An entry is looked at before it is counted, so what is under way at once is let
through: as many as there are threads, no more.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, TypeVar

from django.conf import settings
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from accounts.actors import Actor
from accounts.outages import LeftAlone
from blocking import metrics
from blocking.policy import source_of
from blocking.refusals import SourceThrottled

logger = logging.getLogger(__name__)

T = TypeVar("T")

OFF: Final = "off"
# A store that does not answer at once is as good as away: people are waiting at the door.
STORE_PATIENCE_SECONDS: Final = 0.5
LEFT_ALONE_SECONDS: Final = 5.0

store_left_alone = LeftAlone()


def insist_on_room(*, by: Actor) -> None:
    """Raises SourceThrottled (429) where this source has failed too often of late; costs no hash."""
    source = source_of(by.source_address)
    wait = longest_wait(_limits(), source) if source else 0
    if wait:
        metrics.source_refusals.inc()
        raise SourceThrottled(retry_after=wait)


def count_failure(*, by: Actor) -> None:
    """One more entry from this source that was refused."""
    source = source_of(by.source_address)
    for limit in _limits() if source else ():
        hit(limit, source)


def longest_wait(limits: Sequence[RateLimitItem], *key: str) -> int:
    """Seconds until there is room in all of these windows; 0 where there is."""
    waits = [_seconds_until_room(limit, *key) for limit in limits if not has_room(limit, *key)]
    return max(1, math.ceil(max(waits))) if waits else 0


def hit(limit: RateLimitItem, *key: str) -> bool:
    """Count one more in this window; False where it was full."""
    return _ask(lambda limiter: limiter.hit(limit, *key))


def has_room(limit: RateLimitItem, *key: str) -> bool:
    return _ask(lambda limiter: limiter.test(limit, *key))


def _seconds_until_room(limit: RateLimitItem, *key: str) -> float:
    return _ask(lambda limiter: limiter.get_window_stats(limit, *key)).reset_time - time.time()


def _ask(question: Callable[[MovingWindowRateLimiter], T]) -> T:
    """Of the store that all processes share; of this process's own memory while that is away."""
    if not store_left_alone:
        try:
            return question(_shared())
        except StorageError:
            store_left_alone.leave(seconds=LEFT_ALONE_SECONDS)
            logger.warning("The store of the source throttle is away; each process counts by itself meanwhile.")
    return question(_own())


@cache
def _shared() -> MovingWindowRateLimiter:
    store = RedisStorage(
        settings.PORTAL_REDIS_URL,
        key_prefix="portal:source",
        wrap_exceptions=True,
        socket_timeout=STORE_PATIENCE_SECONDS,
        socket_connect_timeout=STORE_PATIENCE_SECONDS,
    )
    return MovingWindowRateLimiter(store)


@cache
def _own() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


def _limits() -> tuple[RateLimitItem, ...]:
    return parsed(settings.PORTAL_SOURCE_LIMIT)


@cache
def parsed(setting: str) -> tuple[RateLimitItem, ...]:
    return () if setting == OFF else tuple(parse_many(setting))
