"""A node of the store, and the link to it, made anew whenever it was lost."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any, Final

import hiredis

from gate.connection.address import Address
from gate.connection.link import Link, NotAsked, StoreAway
from gate.connection.scripts import DECIDE, PUT, Script, packed

logger = logging.getLogger(__name__)

CONNECT_WITHIN_SECONDS: Final = 1.0
FIRST_PAUSE_SECONDS: Final = 0.02
LONGEST_PAUSE_SECONDS: Final = 0.5


class Node:
    """`await node.run(DECIDE, ...)`: raises StoreAway while there is no link, and makes one in the background."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.is_cluster = False
        self._loop = asyncio.get_running_loop()
        self._link: Link | None = None
        self._run_id = b""
        self._is_closed = False
        self._connecting = self._loop.create_task(self._connect_until_up())

    @property
    def is_up(self) -> bool:
        return self._link is not None

    async def run(self, script: Script, before: bytes, after: bytes) -> Any:
        """The reply of a script; what the store cannot do raises `hiredis.ReplyError`.

        Between the packed parts travels the run id under which the node that is asked was started: an answer that was
        asked of one start of the store is never taken from another.
        """
        link = self._link
        if link is None:
            raise NotAsked
        reply = await link.send(b"".join((script.by_digest, before, self._run_id, after)))
        if reply.__class__ is not hiredis.ReplyError:
            return reply
        if not str(reply).startswith("NOSCRIPT"):
            raise reply
        # Somebody flushed the scripts. Nothing ran, so running it is no repetition.
        reply = await link.send(b"".join((script.by_text, before, self._run_id, after)))
        if reply.__class__ is hiredis.ReplyError:
            raise reply
        return reply

    async def call(self, *command: bytes | str) -> Any:
        """The reply of any other command. Raises StoreAway or `hiredis.ReplyError`."""
        if self._link is None:
            raise NotAsked
        return await self._link.call(*command)

    async def wait_up(self, seconds: float) -> bool:
        """Whether there is a link within this time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.is_up:
                    await asyncio.sleep(FIRST_PAUSE_SECONDS)
        return self.is_up

    def close(self) -> None:
        self._is_closed = True
        self._connecting.cancel()
        if self._link is not None:
            self._link.close()

    # -- making the link ------------------------------------------------------------------------------------------

    def _lost(self, link: Link) -> None:
        """A link that never came into use is none of ours; who was making it makes another."""
        if link is not self._link:
            return
        self._link = None
        if not self._is_closed:
            logger.warning("The gate's store at %s:%d is lost.", *self.address.place)
            self._connecting = self._loop.create_task(self._connect_until_up())

    async def _connect_until_up(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with asyncio.timeout(CONNECT_WITHIN_SECONDS):
                    return await self._connect()
            except (OSError, StoreAway, hiredis.HiredisError) as trouble:
                logger.info("The gate's store at %s:%d cannot be used: %r", *self.address.place, trouble)
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_SECONDS, 2 * pause)

    async def _connect(self) -> None:
        link = Link(self._loop, lambda: self._lost(link))
        try:
            await self._loop.create_connection(lambda: link, *self.address.place, ssl=self.address.tls)
            await self._get_in(link)
        except BaseException:
            link.close()
            raise

    async def _get_in(self, link: Link) -> None:
        """Show who we are, learn which start of which kind of server this is, and leave the scripts there."""
        if self.address.credentials:
            await link.call(b"AUTH", *self.address.credentials)
        if self.address.database:
            await link.call(b"SELECT", str(self.address.database))
        facts = _facts(await link.call(b"INFO", b"server") + await link.call(b"INFO", b"cluster"))
        for script in (DECIDE, PUT):
            await link.call(b"SCRIPT", b"LOAD", script.text)
        if not (link.is_open and b"run_id" in facts):
            raise NotAsked
        self._run_id = packed(facts[b"run_id"])
        self.is_cluster = facts.get(b"cluster_enabled") == b"1"
        self._link = link
        logger.info("The gate's store at %s:%d is found.", *self.address.place)


def _facts(info: bytes) -> dict[bytes, bytes]:
    return dict(line.split(b":", 1) for line in info.splitlines() if b":" in line)
