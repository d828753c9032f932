"""`RateLimit-Policy` and `RateLimit` of an allowed answer (draft-ietf-httpapi-ratelimit-headers), one per window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

# How long a window is as a policy tells it; an Amsterdam day has an hour more or less twice a year.
SECONDS_OF: Final = {b"minute": 60, b"hour": 3600, b"day": 86_400}


def limit_headers(answer: Sequence[Any]) -> list[tuple[str, str]]:
    """From `ok, window, limit, left, seconds, ...` as decide.lua answers; nothing where no quota applies."""
    if len(answer) == 1:
        return []
    windows, lefts, seconds = answer[1::4], answer[3::4], answer[4::4]
    left = ", ".join(
        f'"{window.decode()}";r={left};t={until}' for window, left, until in zip(windows, lefts, seconds, strict=True)
    )
    return [("ratelimit-policy", _policy(tuple(windows), tuple(answer[2::4]))), ("ratelimit", left)]


@lru_cache(maxsize=1024)
def _policy(windows: tuple[bytes, ...], limits: tuple[int, ...]) -> str:
    return ", ".join(
        f'"{window.decode()}";q={limit};w={SECONDS_OF[window]}' for window, limit in zip(windows, limits, strict=True)
    )
