"""`RateLimit-Policy` and `RateLimit` of an allowed answer (draft-ietf-httpapi-ratelimit-headers-10), one per window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from gate.api.problems import NO_STORE

# How long a window is as a policy tells it; an Amsterdam day has an hour more or less twice a year.
SECONDS_OF: Final = {"minute": 60, "hour": 3600, "day": 86_400}
MEASURES: Final = 2

Header = tuple[str, str]


def allowed_headers(answer: Sequence[Any]) -> list[Header]:
    """From `ok, limits, left, seconds, ...` as decide.lua answers; without a quota nothing is told of one."""
    policy, measures = _told_of(answer[1])
    if policy is None:
        return [NO_STORE]
    return [NO_STORE, policy, ("ratelimit", measures % tuple(answer[MEASURES:]))]


@lru_cache(maxsize=1024)
def _told_of(limits: bytes) -> tuple[Header | None, str]:
    """From `day=100 hour=50`: the policy, and a form for what is left and until when."""
    windows = [each.split("=") for each in limits.decode().split()]
    policy = ", ".join(f'"{window}";q={limit};w={SECONDS_OF[window]}' for window, limit in windows)
    form = ", ".join(f'"{window}";r=%d;t=%d' for window, _ in windows)
    return ("ratelimit-policy", policy) if windows else None, form
