"""The gate's store as one thing: a single server, or the nodes of a cluster by the slots they serve."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any, Final

import hiredis
from redis.crc import key_slot

from gate.connection.link import NotAsked, StoreAway
from gate.connection.node import Address, Node
from gate.keys import ALL_BUCKETS

TRIES: Final = 4
PAUSE_BEFORE_ANOTHER_TRY_SECONDS: Final = 0.05
SLOT_OF_BUCKET: Final = tuple(key_slot(bucket.tag.encode()) for bucket in ALL_BUCKETS)


class GateStore:
    """`await store.run(bucket, "decide", keys, arguments)`, on whichever node serves the bucket."""

    def __init__(self, url: str) -> None:
        self._seed = Node(Address.of(url))
        self._nodes: dict[tuple[str, int], Node] = {(self._seed.address.host, self._seed.address.port): self._seed}
        # None: a single server, which serves all of them.
        self._node_of_bucket: list[Node] | None = None
        self._learning: asyncio.Task[None] | None = None

    def node_of(self, bucket: int) -> Node:
        return self._seed if self._node_of_bucket is None else self._node_of_bucket[bucket]

    async def start(self, seconds: float) -> bool:
        """Whether the store answers within this time; it is tried on in the background where it does not."""
        if not await self._seed.wait_up(seconds):
            return False
        if self._seed.is_cluster:
            await self._learn_slots()
        return True

    async def run(self, bucket: int, name: str, keys: Sequence[bytes | str], arguments: Sequence[bytes | str]) -> Any:
        """The reply of a script. Raises StoreAway, or `hiredis.ReplyError` for what the store cannot do."""
        node = self.node_of(bucket)
        if not node.is_cluster:
            return await node.run(name, keys, arguments)
        return await self._run_in_cluster(bucket, name, keys, arguments)

    def close(self) -> None:
        for node in self._nodes.values():
            node.close()

    # -- a cluster ------------------------------------------------------------------------------------------------

    async def _run_in_cluster(
        self, bucket: int, name: str, keys: Sequence[bytes | str], arguments: Sequence[bytes | str]
    ) -> Any:
        """A slot that moved, or a node that died, is looked up anew. What is repeated did not run."""
        for _ in range(TRIES):
            if self._node_of_bucket is None:
                await self._learn_again()
            node = self.node_of(bucket)
            try:
                return await node.run(name, keys, arguments)
            except hiredis.ReplyError as error:
                if not str(error).startswith(("MOVED", "ASK", "CLUSTERDOWN", "TRYAGAIN")):
                    raise
            except NotAsked:
                pass
            await self._learn_again()
        raise StoreAway

    async def _learn_again(self) -> None:
        """Once for all who wait for it."""
        if self._learning is None or self._learning.done():
            self._learning = asyncio.get_running_loop().create_task(self._learn_after_a_pause())
        with contextlib.suppress(StoreAway):
            await asyncio.shield(self._learning)

    async def _learn_after_a_pause(self) -> None:
        await asyncio.sleep(PAUSE_BEFORE_ANOTHER_TRY_SECONDS)
        await self._learn_slots()

    async def _learn_slots(self) -> None:
        """Ask whichever node is up which node serves which slots. Raises StoreAway where none is."""
        for node in list(self._nodes.values()):
            if node.is_up:
                with contextlib.suppress(StoreAway, hiredis.ReplyError):
                    await self._take(await node.ask(b"CLUSTER", b"SLOTS"), node)
                    return
        raise StoreAway

    async def _take(self, told: list[Any], teller: Node) -> None:
        found: list[Node | None] = [None] * len(SLOT_OF_BUCKET)
        for first, last, primary, *_ in told:
            node = self._node(teller.address.beside(primary[0].decode(), primary[1]))
            for bucket, slot in enumerate(SLOT_OF_BUCKET):
                if first <= slot <= last:
                    found[bucket] = node
        if None in found:
            raise StoreAway
        serving = [node for node in found if node is not None]
        await asyncio.gather(*(node.wait_up(1.0) for node in set(serving)))
        self._node_of_bucket = serving

    def _node(self, address: Address) -> Node:
        place = (address.host, address.port)
        if place not in self._nodes:
            self._nodes[place] = Node(address)
        return self._nodes[place]
