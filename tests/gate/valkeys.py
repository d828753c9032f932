"""Stores of a test's own: one that may be paused, killed and started again, and a cluster of three."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from redis import Redis

from vecozo_portal.engines import ValkeyEngine
from vecozo_portal.engines.engine import new_password
from vecozo_portal.processes.owner import Owner
from vecozo_portal.processes.ports import free_port
from vecozo_portal.processes.waiting import wait_until

SLOTS = 16_384
NODES = 3
KNOWN_WITHIN_SECONDS = 30.0


class OwnValkey(ValkeyEngine):
    """Appends to its file at once, so that a test that kills it knows what was kept."""

    def configuration(self) -> bytes:
        return super().configuration() + b"appendfsync always\n"

    def client(self) -> Redis:
        return Redis.from_url(self.url, decode_responses=True)

    def pause(self) -> None:
        """As when its machine hangs: connections stay, and nothing is answered."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def revive(self) -> None:
        self.start()
        self.wait_ready()

    def _signal(self, sign: signal.Signals) -> None:
        assert self.process is not None
        os.kill(self.process.pid, sign)


class ClusterNode(OwnValkey):
    """A node that is to know the others; without a database number, which a cluster does not have."""

    def prepare(self) -> None:
        super().prepare()
        self.bus = free_port()

    @property
    def url(self) -> str:
        return super().url.removesuffix("/0")

    def configuration(self) -> bytes:
        lines = ["cluster-enabled yes", "cluster-node-timeout 2000", f"cluster-port {self.bus}"]
        return super().configuration() + "\n".join([*lines, ""]).encode()


AnyValkey = TypeVar("AnyValkey", bound=OwnValkey)


@contextmanager
def own_valkeys(kind: type[AnyValkey], number: int) -> Iterator[list[AnyValkey]]:
    """Running, with one password."""
    password = new_password()
    with ExitStack() as stack:
        yield [_own(kind, password, stack) for _ in range(number)]


def _own(kind: type[AnyValkey], password: str, stack: ExitStack) -> AnyValkey:
    folder = stack.enter_context(TemporaryDirectory(prefix="portal-own-valkey-", ignore_cleanup_errors=True))
    Path(folder).chmod(0o711)
    engine = kind(Owner.for_engines(), free_port(), password)
    engine.settle(Path(folder))
    stack.callback(engine.kill)
    engine.revive()
    return engine


@contextmanager
def own_cluster() -> Iterator[list[ClusterNode]]:
    """Three nodes, a third of the slots each."""
    with own_valkeys(ClusterNode, NODES) as nodes:
        clients = [node.client() for node in nodes]
        for at, client in enumerate(clients):
            first, last = at * SLOTS // NODES, (at + 1) * SLOTS // NODES - 1
            client.execute_command("CLUSTER", "ADDSLOTSRANGE", first, last)
            client.execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port, nodes[0].bus)
        assert wait_until(lambda: all(_is_whole(client) for client in clients), KNOWN_WITHIN_SECONDS)
        yield nodes


def _is_whole(client: Redis) -> bool:
    facts = str(client.execute_command("CLUSTER", "INFO")).splitlines()
    return {"cluster_state:ok", f"cluster_known_nodes:{NODES}"} <= set(facts)
