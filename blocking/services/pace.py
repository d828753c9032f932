"""Refusals all take as long, from their hash to their answer, as opening a block: nothing else is ever more work.

Otherwise the fifth entry would be the longest, and nobody's number would have none. What opening a block takes
depends on how busy everything is, so each process goes by the last ones it saw, and by a setting before it saw one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Final

from django.conf import settings

LAST: Final = 20
# When everything is so slow that opening a block takes ten times as long as set, nobody waits for it any longer.
TIMES_AT_MOST: Final = 10

_openings: deque[float] = deque(maxlen=LAST)


class _Entry(threading.local):
    """What this thread is at: when it came from the hash, and whether that opens a block."""

    looked_at = 0.0
    opens = False


_entry = _Entry()


def looked() -> None:
    """The hash is computed; from here on the entries differ."""
    _entry.looked_at, _entry.opens = time.monotonic(), False


def opens_a_block() -> None:
    _entry.opens = True


def wait_until_all_are_even() -> None:
    """Before a refusal is answered. Hold no hashing place meanwhile."""
    took = time.monotonic() - _entry.looked_at
    if _entry.opens:
        _openings.append(took)
    if took < floor():
        time.sleep(floor() - took)


def floor() -> float:
    """Seconds from the hash to the answer of a refusal, at least."""
    least: float = settings.PORTAL_REFUSAL_FLOOR_MS / 1000
    return max(least, min(least * TIMES_AT_MOST, max(_openings, default=0.0)))
