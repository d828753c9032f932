"""When days begin in Amsterdam, for a script that knows no time zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import time
from typing import Final

from blocking.windows import midnight_of
from gate.connection import packed
from gate.connection.scripts import MIDNIGHTS

LOOK_EVERY: Final = timedelta(minutes=1)


class Midnights:
    """The midnights around now by the store's clock, which may be another than this machine's, packed."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._packed = b""
        self._good_until = 0.0

    def now(self) -> bytes:
        if time() >= self._good_until:
            self._look()
        return self._packed

    def believe(self, store_clock: int) -> None:
        """From now on by this clock."""
        self._ahead = store_clock - time()
        self._look()

    def _look(self) -> None:
        at = datetime.fromtimestamp(time() + self._ahead, UTC)
        self._packed = packed(*(str(second) for second in midnights_around(at)))
        self._good_until = time() + LOOK_EVERY.total_seconds()


def midnights_around(at: datetime) -> list[int]:
    """From yesterday's on, in seconds since 1970: a clock that is a day off still finds its own."""
    return [int(midnight_of(at, days_later=days).timestamp()) for days in range(-1, MIDNIGHTS - 1)]
