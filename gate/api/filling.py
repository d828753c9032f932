"""Bringing an account from PostgreSQL to the store, when the store does not know it yet."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from gate.api.asking import Asker
from gate.api.database import Database, DatabaseAway, filling
from gate.connection import PUT, GateStore, packed
from gate.keys import AccountKeys, bucket_of

TRIES: Final = 4


class Filler:
    """`await filler.fill(user_number)`: once for all who wait for the same account."""

    def __init__(self, store: GateStore, database: Database) -> None:
        self.fills = 0
        self._store = store
        self._database = database
        self._asker = Asker(self._filled)
        # By the clock of who serves a bucket, which may be another than this machine's: its windows are running.
        self._moments: dict[int, datetime] = {}

    async def fill(self, user_number: str, *, at: datetime) -> bool:
        """False where there is no such account. Raises StoreAway, DatabaseAway, TooMuchAsked."""
        self._moments[bucket_of(user_number)] = at
        return bool(await self._asker.ask(user_number))

    async def _filled(self, user_number: str) -> bool | None:
        """Where the store was told of a change meanwhile it does not take what was read before it: read again."""
        self.fills += 1
        bucket, keys = bucket_of(user_number), AccountKeys.of(user_number).for_projection
        look = partial(filling, at=self._moments[bucket])
        for _ in range(TRIES):
            found = await self._database.ask(look, user_number)
            if found is None:
                return None
            told = packed(*keys, "fill", str(found.version))
            if await self._store.run(bucket, PUT, told, packed(found.payload)):
                return True
        raise DatabaseAway
