"""One multiplexed connection: what is asked in one turn of the loop is written at once, answers come in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import hiredis

# Measured beside it, a decision takes well under a millisecond; who waits longer waits for a store that is in trouble.
ANSWER_WITHIN_SECONDS: Final = 0.5
LOOK_EVERY_SECONDS: Final = 0.1
# So many wait at a hundred times the rate of one worker; more would only answer later and later.
WAITING_AT_MOST: Final = 5_000


class StoreAway(Exception):
    """The store gave no answer: it is away, too slow, or too many wait for it. Nothing is known to be counted."""


class NotAsked(StoreAway):
    """There was no link, so the store was not asked: asking again repeats nothing."""


class Link(asyncio.Protocol):
    """Commands in, replies out, in order. When it is lost, everything that waits fails with StoreAway."""

    def __init__(self, loop: asyncio.AbstractEventLoop, lost: Callable[[], None]) -> None:
        self._loop = loop
        self._tell_lost = lost
        self._reader = hiredis.Reader()
        self._waiting: deque[tuple[asyncio.Future[Any], float]] = deque()
        self._unwritten: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._watch: asyncio.TimerHandle | None = None

    def call(self, *command: bytes | str) -> asyncio.Future[Any]:
        """A future of the reply; errors of the store are its result, as `hiredis.ReplyError`. Raises StoreAway."""
        if self._transport is None:
            raise NotAsked
        if len(self._waiting) >= WAITING_AT_MOST:
            raise StoreAway
        future = self._loop.create_future()
        self._waiting.append((future, self._loop.time()))
        if not self._unwritten:
            self._loop.call_soon(self._write)
        self._unwritten.append(hiredis.pack_command(command))  # type: ignore[arg-type]  # its stub means one element
        return future

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _write(self) -> None:
        if self._transport is not None:
            self._transport.write(b"".join(self._unwritten))
        self._unwritten.clear()

    # -- what the loop calls --------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # a stream's transport
        self._watch = self._loop.call_later(LOOK_EVERY_SECONDS, self._look)

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        try:
            while (reply := self._reader.gets()) is not False:
                future, _ = self._waiting.popleft()
                if not future.done():
                    future.set_result(reply)
        except (hiredis.ProtocolError, IndexError):
            self.close()

    def connection_lost(self, reason: Exception | None) -> None:
        del reason
        self._transport = None
        if self._watch is not None:
            self._watch.cancel()
        while self._waiting:
            future, _ = self._waiting.popleft()
            if not future.done():
                future.set_exception(StoreAway())
        self._tell_lost()

    def _look(self) -> None:
        """One clock for everybody: who asked first has waited longest."""
        self._watch = self._loop.call_later(LOOK_EVERY_SECONDS, self._look)
        if self._waiting and self._loop.time() - self._waiting[0][1] > ANSWER_WITHIN_SECONDS:
            self.close()
