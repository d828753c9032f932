"""What the gate asks PostgreSQL, in threads and never on a warm decision."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeVar

from django.db import Error, close_old_connections

from accounts.models import Account, Service
from certificates.queries import holder_of
from gate.projection import payload
from gate.queries.projection import meters_of, projections_of

THREADS: Final = 4
ANSWER_WITHIN_SECONDS: Final = 2.0

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
        try:
            async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
                return await loop.run_in_executor(self._pool, _freshly, look, name)
        except (TimeoutError, Error):
            raise DatabaseAway from None

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _freshly(look: Callable[[str], Found], name: str) -> Found:
    """With a connection that is looked at first, so that after an outage the next question finds the database again."""
    close_old_connections()
    try:
        return look(name)
    finally:
        close_old_connections()


# -- the questions ----------------------------------------------------------------------------------------------------


def filling(user_number: str) -> Filling | None:
    """All the gate wants to know of this account, and what was journalled of it; None where there is none."""
    ids = Account.objects.filter(user_number=user_number).values_list("pk", flat=True)
    found = projections_of(ids)
    if not found:
        return None
    meters = meters_of(found[0].account_id, datetime.now(UTC))
    return Filling(found[0].version, payload(found[0], meters))


def holder(fingerprint: str) -> str | None:
    """The user number of whose certificate this is."""
    account = holder_of(fingerprint)
    return account.user_number if account else None


def service(code: str) -> str | None:
    return Service.objects.filter(code=code).values_list("code", flat=True).first()
