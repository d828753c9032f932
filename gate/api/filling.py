"""What the gate asks PostgreSQL, in threads: accounts that the store does not know, whose certificates, which services.

Never on a warm decision. What is not found is believed for a second, so that nobody can keep PostgreSQL busy by asking
for what is not there, and so that what is new works within a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Final, Generic, TypeVar

from django.db import DatabaseError, close_old_connections

from accounts.models import Service
from certificates.queries import holder_of
from gate.projection import payload
from gate.queries.projection import account_id_of, meters_of, projections_of

THREADS: Final = 4
ANSWER_WITHIN_SECONDS: Final = 2.0
ASKED_AT_ONCE_AT_MOST: Final = 200
ABSENT_FOR_SECONDS: Final = 1.0
KNOWN_AT_MOST: Final = 100_000

Found = TypeVar("Found")


class DatabaseAway(Exception):
    """PostgreSQL gave no answer in time, or too much is asked of it."""


@dataclass(frozen=True, slots=True)
class Filling:
    """An account as put.lua wants it."""

    version: int
    payload: str


class Asker(Generic[Found]):
    """One question at a time for each thing that is asked about; what is absent is remembered for a moment."""

    def __init__(self, pool: ThreadPoolExecutor, look: Callable[[str], Found | None]) -> None:
        self._pool = pool
        self._look = look
        self._asked: dict[str, asyncio.Future[Found | None]] = {}
        self._absent: dict[str, float] = {}

    async def ask(self, name: str) -> Found | None:
        """Raises DatabaseAway."""
        if self._absent.get(name, 0.0) > monotonic():
            return None
        asked = self._asked.get(name)
        if asked is None:
            if len(self._asked) >= ASKED_AT_ONCE_AT_MOST:
                raise DatabaseAway
            asked = self._asked[name] = asyncio.ensure_future(self._found(name))
            asked.add_done_callback(lambda _: self._asked.pop(name, None))
        return await asyncio.shield(asked)

    async def _found(self, name: str) -> Found | None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
                found = await loop.run_in_executor(self._pool, _fresh(self._look), name)
        except (TimeoutError, DatabaseError):
            raise DatabaseAway from None
        if found is None:
            self._remember_absent(name)
        return found

    def _remember_absent(self, name: str) -> None:
        if len(self._absent) > KNOWN_AT_MOST:
            self._absent.clear()
        self._absent[name] = monotonic() + ABSENT_FOR_SECONDS


def _fresh(look: Callable[[str], Found | None]) -> Callable[[str], Found | None]:
    """With a connection that is looked at first, so that after an outage the next question finds the database again."""

    def answer(name: str) -> Found | None:
        close_old_connections()
        try:
            return look(name)
        finally:
            close_old_connections()

    return answer


class Known(Generic[Found]):
    """What is found once stays true: a certificate never moves to another account, a service keeps its code."""

    def __init__(self, ask: Callable[[str], Awaitable[Found | None]]) -> None:
        self._ask = ask
        self._known: dict[str, Found] = {}

    def at_hand(self, name: str) -> Found | None:
        return self._known.get(name)

    async def find(self, name: str) -> Found | None:
        found = await self._ask(name)
        if found is not None:
            if len(self._known) >= KNOWN_AT_MOST:
                self._known.clear()
            self._known[name] = found
        return found


class Database:
    """The gate's questions to PostgreSQL."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="gate-database")
        self.fillings: Asker[Filling] = Asker(self._pool, _filling)
        self.holders: Known[str] = Known(Asker(self._pool, _holder).ask)
        self.services: Known[str] = Known(Asker(self._pool, _service).ask)


def _filling(user_number: str) -> Filling | None:
    account_id = account_id_of(user_number)
    if account_id is None:
        return None
    at = datetime.now(UTC)
    projection = projections_of([account_id])[0]
    return Filling(projection.version, payload(projection, meters_of(account_id, at)))


def _holder(fingerprint: str) -> str | None:
    account = holder_of(fingerprint)
    return account.user_number if account else None


def _service(code: str) -> str | None:
    return Service.objects.filter(code=code).values_list("code", flat=True).first()
