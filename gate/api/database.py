"""What the gate asks PostgreSQL, in threads and never on a warm decision."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, Error, close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import Account, Service
from accounts.outages import cut_off
from certificates.queries import holder_of
from gate.projection import payload
from gate.queries.projection import meters_of, projections_of

THREADS: Final = 4
ANSWER_WITHIN_SECONDS: Final = 2.0
# It may have been connecting, or have found another connection since.
CUT_AGAIN_AFTER_SECONDS: Final = 0.5

Found = TypeVar("Found")


class DatabaseAway(Exception):
    """PostgreSQL gave no answer in time."""


@dataclass(frozen=True, slots=True)
class Filling:
    """An account as put.lua wants it, at a version."""

    version: int
    payload: str


class Database:
    """`await database.ask(holder, fingerprint)`: raises DatabaseAway."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="gate-database")

    async def ask(self, look: Callable[[str], Found], name: str) -> Found:
        loop = asyncio.get_running_loop()
        question = Question(look, name)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
                return await loop.run_in_executor(self._pool, question.asked)
        except TimeoutError:
            question.abandon(loop)
            raise DatabaseAway from None
        except Error:
            raise DatabaseAway from None

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


class Question(Generic[Found]):
    """A look at the database in one of the threads, which may be abandoned from outside."""

    def __init__(self, look: Callable[[str], Found], name: str) -> None:
        self._look = look
        self._name = name
        self._is_abandoned = False
        self._connection: BaseDatabaseWrapper | None = None

    def asked(self) -> Found:
        """On a connection that is looked at first: after an outage the next question finds the database again."""
        if self._is_abandoned:
            raise DatabaseAway
        self._connection = connections[DEFAULT_DB_ALIAS]
        try:
            close_old_connections()
            return self._look(self._name)
        finally:
            close_old_connections()
            self._connection = None

    def abandon(self, loop: asyncio.AbstractEventLoop) -> None:
        """Nobody waits any more; so that no thread waits for ever, what it waits on is cut off until it is free."""
        self._is_abandoned = True
        if self._connection is not None:
            cut_off(self._connection)
            loop.call_later(CUT_AGAIN_AFTER_SECONDS, self.abandon, loop)


# -- the questions ----------------------------------------------------------------------------------------------------


def filling(user_number: str, *, at: datetime) -> Filling | None:
    """All the gate wants to know of this account, and what was journalled of it by then; None where there is none."""
    ids = Account.objects.filter(user_number=user_number).values_list("pk", flat=True)
    found = projections_of(ids)
    if not found:
        return None
    meters = meters_of(found[0].account_id, at)
    return Filling(found[0].version, payload(found[0], meters))


def holder(fingerprint: str) -> str | None:
    """The user number of whose certificate this is."""
    account = holder_of(fingerprint)
    return account.user_number if account else None


def service(code: str) -> str | None:
    return Service.objects.filter(code=code).values_list("code", flat=True).first()
