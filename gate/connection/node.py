"""A node of the store: where it is, and the link to it, made anew whenever it was lost."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

import hiredis

from gate.connection.link import Link, NotAsked, StoreAway
from gate.lua import script

CONNECT_WITHIN_SECONDS: Final = 1.0
FIRST_PAUSE_SECONDS: Final = 0.02
LONGEST_PAUSE_SECONDS: Final = 0.5
SCRIPTS: Final = ("decide", "put")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a node is and how one gets in, from an address like redis://:password@host:6379/0."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    database: int = 0
    tls: bool = False

    @classmethod
    def of(cls, url: str) -> Self:
        parts = urlsplit(url)
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or 6379,
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            database=int(parts.path.strip("/") or 0),
            tls=parts.scheme == "rediss",
        )

    def beside(self, host: str, port: int) -> Address:
        """Another node of the same cluster, which has the same door."""
        return replace(self, host=host or self.host, port=port)


class Node:
    """`await node.run("decide", ...)`: raises StoreAway while there is no link, and makes one in the background."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.run_id = b""
        self.is_cluster = False
        self._loop = asyncio.get_running_loop()
        self._link: Link | None = None
        self._shas: dict[str, bytes] = {}
        self._closed = False
        self._connecting: asyncio.Task[None] | None = None
        self._reconnect()

    @property
    def is_up(self) -> bool:
        return self._link is not None

    async def run(self, name: str, keys: Sequence[bytes | str], arguments: Sequence[bytes | str]) -> Any:
        """The reply of a script; an error of the store raises it as `hiredis.ReplyError`."""
        link = self._link
        if link is None:
            raise NotAsked
        reply = await link.call(b"EVALSHA", self._shas[name], str(len(keys)), *keys, *arguments)
        if isinstance(reply, hiredis.ReplyError):
            if not str(reply).startswith("NOSCRIPT"):
                raise reply
            # Somebody flushed the scripts. Nothing ran, so running it is no repetition.
            reply = _told(await link.call(b"EVAL", script(name), str(len(keys)), *keys, *arguments))
        return reply

    async def ask(self, *command: bytes | str) -> Any:
        if self._link is None:
            raise NotAsked
        return _told(await self._link.call(*command))

    async def wait_up(self, seconds: float) -> bool:
        """Whether there is a link within this time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.is_up:
                    await asyncio.sleep(FIRST_PAUSE_SECONDS)
        return self.is_up

    def close(self) -> None:
        self._closed = True
        if self._connecting is not None:
            self._connecting.cancel()
        if self._link is not None:
            self._link.close()

    # -- making the link ------------------------------------------------------------------------------------------

    def _lost(self) -> None:
        self._link = None
        if not self._closed:
            self._reconnect()

    def _reconnect(self) -> None:
        if self._connecting is None or self._connecting.done():
            self._connecting = self._loop.create_task(self._connect_until_up())

    async def _connect_until_up(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._closed and self._link is None:
            try:
                async with asyncio.timeout(CONNECT_WITHIN_SECONDS):
                    await self._connect()
            except (OSError, StoreAway, hiredis.ReplyError):
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE_SECONDS, 2 * pause)

    async def _connect(self) -> None:
        is_made = False

        def lost() -> None:
            if is_made:
                self._lost()

        tls = ssl.create_default_context() if self.address.tls else None
        _, link = await self._loop.create_connection(
            lambda: Link(self._loop, lost), self.address.host, self.address.port, ssl=tls
        )
        try:
            await self._introduce(link)
        except BaseException:
            link.close()
            raise
        is_made = True
        self._link = link

    async def _introduce(self, link: Link) -> None:
        """Get in, learn which start of which server this is, and leave the scripts there."""
        address = self.address
        if address.password:
            who = (address.username, address.password) if address.username else (address.password,)
            _told(await link.call(b"AUTH", *who))
        if address.database:
            _told(await link.call(b"SELECT", str(address.database)))
        facts = _facts(_told(await link.call(b"INFO", b"server")) + _told(await link.call(b"INFO", b"cluster")))
        self._shas = {name: _told(await link.call(b"SCRIPT", b"LOAD", script(name))) for name in SCRIPTS}
        self.run_id = facts[b"run_id"]
        self.is_cluster = facts.get(b"cluster_enabled") == b"1"


def _told(reply: Any) -> Any:
    if isinstance(reply, hiredis.ReplyError):
        raise reply
    return reply


def _facts(info: bytes) -> dict[bytes, bytes]:
    return dict(line.split(b":", 1) for line in info.splitlines() if b":" in line)
