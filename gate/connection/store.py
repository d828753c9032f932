"""The gate's store as one thing: a single server, or the nodes of a cluster by the slots they serve."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Final

import hiredis
from redis.crc import key_slot

from gate.connection.address import Address
from gate.connection.link import NotAsked, StoreAway
from gate.connection.node import Node
from gate.connection.scripts import Script
from gate.keys import ALL_BUCKETS

TRIES: Final = 4
PAUSE_BEFORE_ANOTHER_TRY_SECONDS: Final = 0.05
NEW_NODE_WITHIN_SECONDS: Final = 1.0
SLOT_OF_BUCKET: Final = tuple(key_slot(bucket.tag.encode()) for bucket in ALL_BUCKETS)
# What a cluster says of a slot that it cannot serve here or now. Nothing ran. While a slot is being moved, neither node
# runs a script with several keys, so following ASK would only lead to TRYAGAIN: its accounts wait, or hear 503.
ELSEWHERE: Final = ("MOVED", "ASK", "CLUSTERDOWN", "TRYAGAIN", "LOADING", "MASTERDOWN", "READONLY")


class GateStore:
    """`await store.run(bucket, DECIDE, before, after)`, on whichever node serves the bucket."""

    def __init__(self, url: str) -> None:
        self._seed = Node(Address.of(url))
        self._nodes = {self._seed.address.place: self._seed}
        # Empty: not learnt yet, or a single server, which serves all of them.
        self._serving: list[Node] = []
        self._learning: asyncio.Task[None] | None = None

    async def start(self, seconds: float) -> bool:
        """Whether the store answers within this time; it is tried on in the background where it does not."""
        if not await self._seed.wait_up(seconds):
            return False
        if self._seed.is_cluster:
            await self._learn_again()
        return bool(self._serving) or not self._seed.is_cluster

    async def run(self, bucket: int, script: Script, before: bytes, after: bytes) -> Any:
        """The reply of a script, as `Node.run`. Raises StoreAway, or `hiredis.ReplyError` for what cannot be done."""
        if self._serving or self._seed.is_cluster:
            return await self._run_in_cluster(bucket, script, before, after)
        return await self._seed.run(script, before, after)

    def close(self) -> None:
        if self._learning is not None:
            self._learning.cancel()
        for node in self._nodes.values():
            node.close()

    # -- a cluster ------------------------------------------------------------------------------------------------

    async def _run_in_cluster(self, bucket: int, script: Script, before: bytes, after: bytes) -> Any:
        """A slot that moved, or a node that died, is looked up anew. What is repeated did not run."""
        for _ in range(TRIES):
            if self._serving:
                try:
                    return await self._serving[bucket].run(script, before, after)
                except NotAsked:
                    pass
                except hiredis.ReplyError as error:
                    if not str(error).startswith(ELSEWHERE):
                        raise
            await self._learn_again()
        raise StoreAway

    async def _learn_again(self) -> None:
        """Once for all who wait for it."""
        if self._learning is None or self._learning.done():
            self._learning = asyncio.get_running_loop().create_task(self._learn_after_a_pause())
        await asyncio.shield(self._learning)

    async def _learn_after_a_pause(self) -> None:
        if self._serving:
            await asyncio.sleep(PAUSE_BEFORE_ANOTHER_TRY_SECONDS)
        for node in list(self._nodes.values()):
            with contextlib.suppress(StoreAway, hiredis.ReplyError):
                await self._take(await node.call(b"CLUSTER", b"SLOTS"), node)
                return

    async def _take(self, told: list[Any], teller: Node) -> None:
        """Believe a node that knows who serves each of our buckets. Raises StoreAway where it does not."""
        known, found = set(self._nodes.values()), dict[int, Node]()
        for first, last, primary, *_ in told:
            node = self._node(teller.address.beside((primary[0] or b"").decode(), primary[1]))
            found |= {bucket: node for bucket, slot in enumerate(SLOT_OF_BUCKET) if first <= slot <= last}
        if len(found) < len(SLOT_OF_BUCKET):
            raise StoreAway
        await asyncio.gather(*(node.wait_up(NEW_NODE_WITHIN_SECONDS) for node in set(found.values()) - known))
        self._serving = [found[bucket] for bucket in range(len(SLOT_OF_BUCKET))]
        self._let_go({self._seed, *self._serving})

    def _let_go(self, in_use: set[Node]) -> None:
        for place, node in list(self._nodes.items()):
            if node not in in_use:
                node.close()
                del self._nodes[place]

    def _node(self, address: Address) -> Node:
        if address.place not in self._nodes:
            self._nodes[address.place] = Node(address)
        return self._nodes[address.place]
