"""One multiplexed connection: what is asked in one turn of the loop is written at once, answers come in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import hiredis

# Measured beside it, a decision takes well under a millisecond; who waits longer waits for a store that is in trouble.
ANSWER_WITHIN_SECONDS: Final = 0.5
LOOKS: Final = 5
LOOK_EVERY_SECONDS: Final = ANSWER_WITHIN_SECONDS / LOOKS
# A sixth of a second of one worker at its best; who came after them would be answered too late anyway.
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
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._unwritten: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._answered = 0
        # How many had been asked at the last looks, the oldest first.
        self._asked_before: deque[int] = deque([0] * LOOKS, maxlen=LOOKS)

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def send(self, command: bytes) -> asyncio.Future[Any]:
        """A future of the reply; errors of the store are its result, as `hiredis.ReplyError`. Raises StoreAway."""
        if self._transport is None:
            raise NotAsked
        if len(self._waiting) >= WAITING_AT_MOST:
            raise StoreAway
        future = self._loop.create_future()
        self._waiting.append(future)
        if not self._unwritten:
            self._loop.call_soon(self._write)
        self._unwritten.append(command)
        return future

    async def call(self, *command: bytes | str) -> Any:
        """The reply of a command. Raises StoreAway, or `hiredis.ReplyError` where the store refuses it."""
        reply = await self.send(hiredis.pack_command(command))  # type: ignore[arg-type]  # its stub means one part
        if isinstance(reply, hiredis.ReplyError):
            raise reply
        return reply

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
        reader, waiting = self._reader, self._waiting
        before = len(waiting)
        try:
            reader.feed(data)
            while (reply := reader.gets()) is not False:
                future = waiting.popleft()
                if not future.done():
                    future.set_result(reply)
        except (hiredis.ProtocolError, IndexError):
            self.close()
        self._answered += before - len(waiting)

    def connection_lost(self, reason: Exception | None) -> None:
        del reason
        self._transport = None
        if self._watch is not None:
            self._watch.cancel()
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_exception(StoreAway())
        self._tell_lost()

    def _look(self) -> None:
        """One clock for everybody, and none per command: what was asked LOOKS looks ago has its answer by now."""
        self._watch = self._loop.call_later(LOOK_EVERY_SECONDS, self._look)
        if self._answered < self._asked_before[0]:
            self.close()
        self._asked_before.append(self._answered + len(self._waiting))
