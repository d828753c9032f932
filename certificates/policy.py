"""The rules of certificates, pure (behaviour.md, section 10).

    made ready --(number and PIN)--> installed --(30 days before the end)--> renewable --(its end)--> expired
        |                                ^                                       |                       |
        | 60 days                        +----------------- installed again -----+-----------------------+
        v                                                                                20 days later   v
     removed                                                                                          lapsed

A certificate that is valid is `held` while a block by Support is open, and believed again when that is lifted.
`revoked` is for good, from whichever state. A lapsed or revoked one is replaced after it was made ready again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from certificates.choices import CertificateState, RevocationReason, Standing

# domain.md, section 3.6: two years, renewed in the last thirty days, installed again in the twenty days after.
VALIDITY = timedelta(days=730)
RENEWABLE_BEFORE_END = timedelta(days=30)
INSTALLED_AGAIN_AFTER_END = timedelta(days=20)
# domain.md, section 3.3: what is not collected by then is taken back.
READY_FOR = timedelta(days=60)
# behaviour.md, section 10; the longest first.
REMINDER_DAYS = (60, 30, 7)

# What a contact person can say of a certificate that is revoked; the other reasons are the portal's and Support's.
CONTACT_PERSON_REVOKES_FOR = (RevocationReason.KEY_COMPROMISE, RevocationReason.CESSATION)

IN_FORCE = frozenset({Standing.INSTALLED, Standing.RENEWABLE})
INSTALLED_AGAIN = frozenset({Standing.RENEWABLE, Standing.EXPIRED})
OVER = frozenset({Standing.EXPIRED, Standing.LAPSED, Standing.REVOKED})


@dataclass(frozen=True, slots=True)
class Dates:
    """What is stored of a certificate, as the rules see it."""

    state: CertificateState
    valid_from: datetime
    valid_until: datetime


def standing_of(dates: Dates, *, at: datetime, is_held: bool) -> Standing:
    """Where a certificate stands; `is_held` while Support blocks its account."""
    if dates.state == CertificateState.REVOKED:
        return Standing.REVOKED
    if at >= dates.valid_until:
        may_return = at < dates.valid_until + INSTALLED_AGAIN_AFTER_END
        return Standing.EXPIRED if may_return else Standing.LAPSED
    if is_held:
        return Standing.HELD
    if at < dates.valid_from:
        return Standing.NOT_YET
    return Standing.RENEWABLE if at >= dates.valid_until - RENEWABLE_BEFORE_END else Standing.INSTALLED


def may_install(*, is_ready: bool, newest: Standing | None) -> bool:
    """May a certificate be installed now? `newest`: where the one that was issued last stands, if there is any."""
    return is_ready or newest in INSTALLED_AGAIN


def may_prepare_again(newest: Standing | None) -> bool:
    """May a contact person make one ready again? The first is Support's, and so is everything while Support blocks."""
    return newest not in {None, Standing.HELD}


def is_ready_at(made_ready_at: datetime, *, at: datetime) -> bool:
    return at < made_ready_at + READY_FOR


def reminder_due(valid_until: datetime, *, at: datetime) -> int | None:
    """The reminder that belongs to this moment, in days before the end; None too early, and when it is over.

    The shortest that was reached: whoever was not reminded in time hears once, not three times.
    """
    if at >= valid_until:
        return None
    return next((days for days in reversed(REMINDER_DAYS) if valid_until - at <= timedelta(days=days)), None)
