"""What happened to an account, page by page, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accounts.models import Account, AuditEvent
from accounts.queries import history_of

EVENTS_SHOWN: Final = 20
# The log itself goes back further, but nobody reads on by hand.
PAGES_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class History:
    events: Sequence[AuditEvent]
    page: int
    has_older: bool

    @property
    def newer(self) -> int:
        return self.page - 1

    @property
    def older(self) -> int:
        return self.page + 1


def history_page(account: Account, page: int) -> History:
    """A page of the account's log; a page that is not there is the first."""
    number = page if 1 <= page <= PAGES_SHOWN else 1
    start = (number - 1) * EVENTS_SHOWN
    events = list(history_of(account)[start : start + EVENTS_SHOWN + 1])
    if not events and number > 1:
        return history_page(account, 1)
    has_older = len(events) > EVENTS_SHOWN and number < PAGES_SHOWN
    return History(events[:EVENTS_SHOWN], number, has_older)
