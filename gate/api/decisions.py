"""Deciding: one round trip to the store, and more only for an account that it does not know yet."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count
from os import urandom
from time import time
from typing import Any, Final

import hiredis

from blocking.windows import midnight_of
from gate.api.filling import Database, DatabaseAway, Filling
from gate.connection import GateStore, StoreAway
from gate.keys import AccountKeys, bucket_of

TRIES: Final = 4


class Undecided(Exception):
    """The store or the database is away: nobody is let through whom nobody counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """May this account query this service now? `fingerprint` is empty where the gateway told the account."""

    service: str
    user_number: str
    fingerprint: str
    client: str
    address: str


@lru_cache(maxsize=65_536)
def _place_of(user_number: str) -> tuple[int, tuple[bytes, ...]]:
    keys = AccountKeys.of(user_number).for_decision
    return bucket_of(user_number), tuple(key.encode() for key in keys)


class Midnights:
    """The Amsterdam midnights around now: Lua knows no time zones, so it is told when days begin."""

    def __init__(self) -> None:
        self._known: tuple[bytes, ...] = ()
        self._good_until = 0.0

    def now(self) -> tuple[bytes, ...]:
        if time() >= self._good_until:
            self.look_again()
        return self._known

    def look_again(self) -> None:
        """The store's clock may be some days off this machine's, and still finds its day."""
        today = datetime.now(UTC)
        around = [midnight_of(today, days_later=days) for days in range(-2, 4)]
        self._known = tuple(str(int(midnight.timestamp())).encode() for midnight in around)
        self._good_until = (today + timedelta(minutes=1)).timestamp()


class Decider:
    """`await decider.decide(question)`: what decide.lua answers, as a list. Raises Undecided."""

    def __init__(self, store: GateStore, database: Database) -> None:
        self.misses = 0
        self._store = store
        self._database = database
        self._midnights = Midnights()
        # Unique, and never told to who asks: a prefix per process and a number.
        self._prefix = urandom(8).hex()
        self._numbers = count(1)

    async def decide(self, question: Question) -> Sequence[Any]:
        bucket, keys = _place_of(question.user_number)
        try:
            for _ in range(TRIES):
                answer = await self._store.run(bucket, "decide", keys, self._arguments(question, bucket))
                if answer[0] == b"miss":
                    if not await self._fill(question.user_number, bucket):
                        return [b"inactive", b"nobody"]
                elif answer[0] == b"midnights":
                    self._midnights.look_again()
                else:
                    return answer  # type: ignore[no-any-return]
        except (StoreAway, DatabaseAway, hiredis.ReplyError):
            raise Undecided from None
        raise Undecided

    def _arguments(self, question: Question, bucket: int) -> tuple[bytes | str, ...]:
        return (
            question.service,
            self._store.node_of(bucket).run_id,
            question.fingerprint,
            question.address,
            question.client,
            f"{self._prefix}{next(self._numbers):016x}",
            *self._midnights.now(),
        )

    async def _fill(self, user_number: str, bucket: int) -> bool:
        """Bring the account from PostgreSQL to the store; False where there is none with this number."""
        self.misses += 1
        run_id = self._store.node_of(bucket).run_id
        filling: Filling | None = await self._database.fillings.ask(user_number)
        if filling is None:
            return False
        keys = AccountKeys.of(user_number).for_projection
        await self._store.run(bucket, "put", keys, ("fill", str(filling.version), run_id, filling.payload))
        return True


async def wait_for_store(store: GateStore, seconds: float) -> None:
    """So that the first question after a start is answered; where the store is away it is 503 until it comes."""
    await asyncio.wait_for(store.start(seconds), seconds + 1)
