"""Asking for what takes a while: once for all who want to know, and not again at once for what is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final, Generic, TypeVar

# So that nobody keeps PostgreSQL busy by asking for what is not there, and what is new works within a second.
ABSENT_FOR_SECONDS: Final = 1.0
ASKED_AT_ONCE_AT_MOST: Final = 200
KNOWN_AT_MOST: Final = 100_000

Found = TypeVar("Found")


class TooMuchAsked(Exception):
    """So much is being looked for already that this would only wait."""


class Asker(Generic[Found]):
    """One question at a time for each name; what is absent is remembered for a moment."""

    def __init__(self, look: Callable[[str], Awaitable[Found | None]]) -> None:
        self._look = look
        self._asked: dict[str, asyncio.Task[Found | None]] = {}
        self._absent: dict[str, float] = {}

    async def ask(self, name: str) -> Found | None:
        """What was found, if anything. Raises what looking raises, and TooMuchAsked."""
        if self._absent.get(name, 0.0) > monotonic():
            return None
        asked = self._asked.get(name)
        if asked is None:
            if len(self._asked) >= ASKED_AT_ONCE_AT_MOST:
                raise TooMuchAsked
            asked = self._asked[name] = asyncio.get_running_loop().create_task(self._find(name))
            asked.add_done_callback(lambda _: self._asked.pop(name))
        # Who asks may go away; what was asked is still wanted by the others.
        return await asyncio.shield(asked)

    async def _find(self, name: str) -> Found | None:
        found = await self._look(name)
        if found is None:
            if len(self._absent) >= KNOWN_AT_MOST:
                self._absent.clear()
            self._absent[name] = monotonic() + ABSENT_FOR_SECONDS
        return found


class Known(Generic[Found]):
    """What is found once stays true: a certificate never moves to another account, a service keeps its code."""

    def __init__(self, look: Callable[[str], Awaitable[Found | None]]) -> None:
        self._asker = Asker(look)
        self._known: dict[str, Found] = {}

    def at_hand(self, name: str) -> Found | None:
        return self._known.get(name)

    async def find(self, name: str) -> Found | None:
        found = await self._asker.ask(name)
        if found is not None:
            if len(self._known) >= KNOWN_AT_MOST:
                self._known.clear()
            self._known[name] = found
        return found
