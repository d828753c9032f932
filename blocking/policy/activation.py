"""Until when an account may be activated, and when its contact persons are reminded.

issued --30 days--> reminded --50 days--> reminded --PORTAL_ACTIVATION_DAYS, 60--> removed
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# behaviour.md, section 8.
REMINDER_DAYS: Final = (30, 50)


def reminder_due(issued_at: datetime, *, activation_days: int, at: datetime) -> int | None:
    """Of which reminder it is time, the latest that is due; None before the first, and once it is too late anyway."""
    if is_overdue(issued_at, activation_days=activation_days, at=at):
        return None
    return max((days for days in REMINDER_DAYS if at >= issued_at + timedelta(days=days)), default=None)


def is_overdue(issued_at: datetime, *, activation_days: int, at: datetime) -> bool:
    return at >= activate_before(issued_at, activation_days=activation_days)


def activate_before(issued_at: datetime, *, activation_days: int) -> datetime:
    return issued_at + timedelta(days=activation_days)
