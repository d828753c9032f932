"""A PostgreSQL and a store of one's own to kill, with the test itself speaking to them, and workers beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

import psycopg
from django.db import DatabaseError, connection
from redis import Redis

from gate.store import STORE_AWAY, connect, gate_store
from tests.fixtures_gate import start_gate_worker
from tests.fixtures_portal import OwnEngines
from tests.gate_worker.stores import Store
from tests.portal_process import Started
from vecozo_portal.processes.waiting import wait_until

PATIENCE_SECONDS = 60.0


@dataclass
class World:
    """`start_worker()`, hurt something, `becomes(lambda: ...)`."""

    engines: OwnEngines
    folder: Path
    workers: list[Started] = field(default_factory=list)

    def start_worker(self) -> Started:
        env = self.engines.settings | {"PORTAL_GATE_REDIS_URL": ""}
        worker = start_gate_worker(self.folder, env, f"gate-worker-{len(self.workers)}")
        self.workers.append(worker)
        return worker

    def stop(self) -> None:
        for worker in self.workers:
            if worker.is_alive:
                worker.stop()

    @property
    def store(self) -> Store:
        return gate_store()

    def revive(self) -> None:
        self.engines.revive()
        connection.close()
        gate_store.cache_clear()

    def becomes(self, condition: Callable[[], bool]) -> bool:
        """Whether it is so within a generous time; who is asked may be away for a while."""

        def holds() -> bool:
            try:
                return condition()
            except (DatabaseError, *STORE_AWAY):
                connection.close()
                return False

        return wait_until(holds, PATIENCE_SECONDS)

    def log(self) -> str:
        return "\n".join(worker.log.read_text(errors="replace") for worker in self.workers)

    # -- holding the worker in the middle -------------------------------------------------------------------------

    @contextmanager
    def holding(self, statement: LiteralString, *values: object) -> Iterator[None]:
        """Somebody else's transaction that did this and has not ended; who needs the same waits for it."""
        with psycopg.connect(self.engines.postgres.url) as somebody:
            somebody.execute(statement, values)
            yield
            somebody.rollback()

    def waiting_for_locks(self) -> int:
        """How many transactions in PostgreSQL wait for somebody else's lock."""
        with psycopg.connect(self.engines.postgres.url) as looking:
            found = looking.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone()
            return int(found[0]) if found else 0

    def hold_writes_to_the_store(self) -> None:
        """Whoever writes there waits, until `let_writes_through`; reading goes on."""
        self._admin().execute_command("CLIENT", "PAUSE", "600000", "WRITE")

    def let_writes_through(self) -> None:
        self._admin().execute_command("CLIENT", "UNPAUSE")

    def forget_everything(self) -> None:
        self._admin().flushall()

    def _admin(self) -> Redis:
        client = connect(self.engines.valkey.url, timeout=10)
        assert isinstance(client, Redis)
        return client


@contextmanager
def speaking_to(database_url: str) -> Iterator[None]:
    """Django in this process speaks to another database meanwhile."""
    before = dict(connection.settings_dict)
    connection.close()
    parts = psycopg.conninfo.conninfo_to_dict(database_url)
    connection.settings_dict.update(
        NAME=parts["dbname"], USER=parts["user"], PASSWORD=parts["password"], HOST=parts["host"], PORT=parts["port"]
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
