"""Deciding: one round trip to the store, and more only for an account that it does not know yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from os import urandom
from typing import Any, Final

import hiredis

from gate.api.asking import TooMuchAsked
from gate.api.database import Database, DatabaseAway
from gate.api.filling import Filler
from gate.api.midnights import Midnights
from gate.connection import DECIDE, GateStore, StoreAway, packed
from gate.keys import AccountKeys, bucket_of

TRIES: Final = 4
INACTIVE: Final = (b"inactive", b"nobody")


class Undecided(Exception):
    """The store or the database is away: nobody is let through whom nobody counted."""


@lru_cache(maxsize=65_536)
def _place_of(user_number: str, service: str) -> tuple[int, bytes]:
    """The bucket, and the beginning of what decide.lua is told."""
    return bucket_of(user_number), packed(*AccountKeys.of(user_number).for_decision, service)


@lru_cache(maxsize=65_536)
def _caller(fingerprint: str, client: str, address: str) -> bytes:
    """What decide.lua is told of who asks."""
    return packed(fingerprint, address, client)


class Decider:
    """`await decider.decide(...)`: what decide.lua answers."""

    def __init__(self, store: GateStore, database: Database) -> None:
        self.filler = Filler(store, database)
        self._store = store
        self._midnights = Midnights()
        # Packed, and unique: 32 hex digits, of which the first half is this process's own.
        self._crossing_id = b"$32\r\n" + urandom(8).hex().encode() + b"%016x\r\n"
        self._numbers = count(1)

    async def decide(
        self, service: str, user_number: str, *, fingerprint: str, client: str, address: str
    ) -> Sequence[Any]:
        """`fingerprint` is empty where the gateway told the account. Raises Undecided."""
        bucket, begin = _place_of(user_number, service)
        caller = _caller(fingerprint, client, address)
        try:
            for _ in range(TRIES):
                crossing = self._crossing_id % next(self._numbers)
                end = b"".join((caller, crossing, self._midnights.now()))
                answer: Sequence[Any] = await self._store.run(bucket, DECIDE, begin, end)
                if answer[0] == b"miss":
                    if not await self.filler.fill(user_number, at=datetime.fromtimestamp(int(answer[1]), UTC)):
                        return INACTIVE
                elif answer[0] == b"midnights":
                    self._midnights.believe(int(answer[1]))
                else:
                    return answer
        except (StoreAway, DatabaseAway, TooMuchAsked):
            raise Undecided from None
        except hiredis.ReplyError as error:
            raise Undecided(str(error)) from error
        raise Undecided
