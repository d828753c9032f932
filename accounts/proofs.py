"""What somebody showed in this session, and when: step-up and the second factor read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.choices import Means
from accounts.policy.factors import Proof, factor_shown_at, is_recent

PROOFS: Final = "proofs"
UNFINISHED: Final = "unfinished_sign_in"


def start_proofs(session: SessionBase, *proofs: Proof) -> None:
    """A new sign-in: whatever was shown before is forgotten."""
    session[PROOFS] = [_stored(proof) for proof in proofs]


def leave_unfinished(session: SessionBase) -> None:
    """The sign-in is complete only when a second factor has been linked."""
    session[UNFINISHED] = True


def is_unfinished(session: SessionBase) -> bool:
    return UNFINISHED in session


def finish(session: SessionBase) -> None:
    session.pop(UNFINISHED, None)


def add_proof(session: SessionBase, proof: Proof) -> None:
    """One more thing shown; of each means the newest is kept."""
    others = [_stored(each) for each in proofs_in(session) if each.means != proof.means]
    session[PROOFS] = [*others, _stored(proof)]


def proofs_in(session: SessionBase) -> Iterator[Proof]:
    for stored in session.get(PROOFS, ()):
        yield Proof(Means(stored["means"]), datetime.fromisoformat(stored["at"]))


def shown_at(session: SessionBase) -> datetime | None:
    """When a second factor was last shown in this session."""
    return factor_shown_at(proofs_in(session))


def has_recent_factor(session: SessionBase, at: datetime) -> bool:
    return is_recent(shown_at(session), at, within=_limit())


def has_recent_password(session: SessionBase, at: datetime) -> bool:
    """Was the password given in this session just now?"""
    given = (proof.at for proof in proofs_in(session) if proof.means == Means.PASSWORD)
    return is_recent(max(given, default=None), at, within=_limit())


def _limit() -> timedelta:
    return timedelta(minutes=settings.PORTAL_STEP_UP_MINUTES)


def _stored(proof: Proof) -> dict[str, str]:
    return {"means": proof.means.value, "at": proof.at.isoformat()}
