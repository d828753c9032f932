"""Where sessions live: rows of `Session`, found by the digest of a key that only the browser has (SESSION_ENGINE).

Using a session keeps it going, up to its limits. That is written at most once in a thirtieth of the idle limit, so a
session may end that much earlier than the last thing somebody did asks for; never later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, TypedDict

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Session
from accounts.policy import SessionLimits, session_ends_at


@dataclass(frozen=True, slots=True)
class Ending:
    """When a session ends if nothing more is done. `is_final`: and it ends then, whatever is done."""

    seconds: int
    is_final: bool


# In the session's own data, so that they survive a new key: since when, from where and with what.
BEGUN: Final = "begun"


class Begun(TypedDict):
    at: str
    source_address: str | None
    user_agent: str


def session_limits() -> SessionLimits:
    return SessionLimits(
        idle=timedelta(seconds=settings.PORTAL_SESSION_IDLE_SECONDS),
        absolute=timedelta(seconds=settings.PORTAL_SESSION_ABSOLUTE_SECONDS),
    )


def begun(by: Actor, at: datetime) -> Begun:
    """What a session remembers of its beginning."""
    return {"at": at.isoformat(), "source_address": by.source_address, "user_agent": by.user_agent}


def digest(key: str) -> str:
    """The keys are random and long (32 characters of 36 kinds), so a plain hash cannot be turned back."""
    return sha256(key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Django's database-backed sessions, with a digest for a key and the portal's limits."""

    # As it stands in the database; None where there is none, or it is over.
    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        at = timezone.now()
        self.row = _going_on(at).filter(session_key=digest(self.session_key or "")).first()
        if self.row is None:
            self._session_key = None
            return {}
        self._keep_going(self.row, at)
        return self.decode(self.row.session_data)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        key = digest(self._get_or_create_session_key())  # type: ignore[attr-defined]  # not in the stubs
        row = _row(key, self.encode(data), data, timezone.now())
        if self.row and self.row.session_key == key:
            row.public_id = self.row.public_id
        self.row = row
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key == self.session_key:
            self.row = None
        if key:
            Session.objects.filter(session_key=digest(key)).delete()

    def _keep_going(self, row: Session, at: datetime) -> None:
        """Written where the row is still going on at this moment: what was ended meanwhile stays ended."""
        if at < row.last_seen_at + session_limits().seen_every:
            return
        row.last_seen_at, row.expire_date = at, _ends_at(row.signed_in_at, at)
        kept = _going_on(at).filter(pk=row.pk)
        kept.update(last_seen_at=row.last_seen_at, expire_date=row.expire_date)


def _row(key: str, encoded: str, data: Mapping[str, Any], at: datetime) -> Session:
    begun: Begun | None = data.get(BEGUN) if SESSION_KEY in data else None
    signed_in_at = datetime.fromisoformat(begun["at"]) if begun else None
    return Session(
        session_key=key,
        session_data=encoded,
        last_seen_at=at,
        expire_date=_ends_at(signed_in_at, at),
        account_id=data[SESSION_KEY] if begun else None,
        signed_in_at=signed_in_at,
        source_address=begun["source_address"] if begun else None,
        user_agent=begun["user_agent"] if begun else "",
    )


def _going_on(at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__gt=at)


def _ends_at(signed_in_at: datetime | None, last_seen_at: datetime) -> datetime:
    return session_ends_at(signed_in_at=signed_in_at, last_seen_at=last_seen_at, limits=session_limits())


def key_of(request: HttpRequest) -> str:
    """By which the database knows the session of this request; empty where there is none."""
    key = request.session.session_key
    return digest(key) if key else ""


def ending_of(request: HttpRequest, at: datetime) -> Ending | None:
    """As it stands with this request; None for who is not signed in."""
    row = getattr(request.session, "row", None)
    if row is None or row.signed_in_at is None:
        return None
    last_moment = row.signed_in_at + session_limits().absolute
    seconds = int((row.expire_date - at).total_seconds())
    return Ending(seconds=max(seconds, 0), is_final=row.expire_date >= last_moment)
