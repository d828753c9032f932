"""One window by the package `limits`, as a bare RSGI callable: a limit, and nothing of the rest of the rule."""

from __future__ import annotations

import os
from typing import Any

from limits import RateLimitItemPerDay
from limits.aio.storage import RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter

LIMIT = RateLimitItemPerDay(100_000_000)


class Limited:
    def __init__(self) -> None:
        storage = RedisStorage(f"async+{os.environ['PORTAL_REDIS_URL']}", implementation="redispy")
        self._limiter = FixedWindowRateLimiter(storage)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        passes = await self._limiter.hit(LIMIT, scope.headers.get("portal-user-number"))
        protocol.response_empty(204 if passes else 429, [])


application = Limited()
