"""Whether a notice may still be answered with "this was not me"."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# As long as a sealed PIN waits in the message box (behaviour.md, section 2): who reads mail later rings Support.
DENIABLE_FOR: Final = timedelta(days=30)


class DenialCode(StrEnum):
    ALLOWED = "allowed"
    USED = "notice_used"
    EXPIRED = "notice_expired"


def may_deny(*, told_at: datetime, is_denied: bool, at: datetime) -> DenialCode:
    """A used link says so, however old it is."""
    if is_denied:
        return DenialCode.USED
    return DenialCode.ALLOWED if at < told_at + DENIABLE_FOR else DenialCode.EXPIRED
