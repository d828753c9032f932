"""An account that the store does not know is brought there once for all who ask, as it is and not as it was."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connections
from redis import Redis

from accounts.models import Account, Service
from blocking.choices import BlockReason
from blocking.models import UsageHour
from gate.api import database as questions
from gate.api.asking import ASKED_AT_ONCE_AT_MOST, Asker, TooMuchAsked
from gate.api.database import THREADS, Database, DatabaseAway
from gate.api.decisions import Decider
from gate.connection import GateStore
from gate.services.pushing import push
from tests import factories
from tests.gate.loops import run_to_its_end

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 20.0

Story = Callable[[Decider], Awaitable[None]]


@pytest.fixture
def deciding(settings, store: Redis) -> Callable[[Story, Database], None]:
    """Runs a story with a decider on the tests' store and on a database as given."""

    all_threads = threading.Barrier(THREADS)

    def close_connection(_: str) -> None:
        all_threads.wait(PATIENCE_SECONDS)
        connections.close_all()

    def run(story: Story, database: Database) -> None:
        async def told() -> None:
            gate_store = GateStore(settings.PORTAL_GATE_REDIS_URL)
            assert await gate_store.start(PATIENCE_SECONDS)
            await story(Decider(gate_store, database))
            gate_store.close()
            await asyncio.gather(*(database.ask(close_connection, "") for _ in range(THREADS)))

        run_to_its_end(told())
        database.close()

    return run


async def ask(decider: Decider, account: Account) -> str:
    asked = {"fingerprint": "", "client": "192.0.2.9", "address": "0" * 20 + "ffffc0000209"}
    answer = await decider.decide("cov", account.user_number, **asked)
    return bytes(answer[0]).decode()


class SlowDatabase(Database):
    """Reads an account, and then lets something happen before it tells what it read."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    async def ask(self, look, name):
        found = await super().ask(look, name)
        if isinstance(look, partial) and look.func is questions.filling:
            meanwhile, self.meanwhile = self.meanwhile, lambda: None
            done = threading.Thread(target=meanwhile)
            done.start()
            done.join()
        return found


def test_a_hundred_who_wait_for_one_account_ask_postgres_once(deciding, noord_queries: Account) -> None:
    async def story(decider: Decider) -> None:
        assert set(await asyncio.gather(*(ask(decider, noord_queries) for _ in range(100)))) == {"ok"}
        assert decider.filler.fills == 1

    deciding(story, Database())


def test_a_block_that_is_pushed_while_the_account_is_read_is_not_missed(
    deciding, noord_queries: Account, store: Redis
) -> None:
    """The push finds nothing to write over, and what was read is old already when it is written."""

    def block_and_push() -> None:
        factories.block(noord_queries, BlockReason.SUPPORT)
        assert push([noord_queries.pk], store) == 0
        connections.close_all()

    async def story(decider: Decider) -> None:
        assert await ask(decider, noord_queries) == "support"

    deciding(story, SlowDatabase(block_and_push))


class WatchedDatabase(Database):
    """Remembers by which moment an account was read."""

    moment = datetime.min.replace(tzinfo=UTC)

    async def ask(self, look, name):
        if isinstance(look, partial) and look.func is questions.filling:
            self.moment = look.keywords["at"]
        return await super().ask(look, name)


def test_meters_are_read_by_the_clock_of_the_store(deciding, noord_queries: Account, store: Redis) -> None:
    """So a gate whose own clock is an hour ahead finds no empty hour after a flush."""
    database = WatchedDatabase()

    async def story(decider: Decider) -> None:
        assert await ask(decider, noord_queries) == "ok"

    deciding(story, database)
    assert 0 <= store.time()[0] - database.moment.timestamp() < PATIENCE_SECONDS


def test_the_meters_of_a_moment_are_those_of_its_windows(noord_queries: Account, a_service: Service) -> None:
    hour = datetime(2025, 6, 1, 14, tzinfo=UTC)
    for begin, queries in ((hour, 10), (hour - timedelta(hours=1), 300)):
        UsageHour.objects.create(hour=begin, account=noord_queries, service=a_service, client="one", queries=queries)
    at = hour + timedelta(minutes=59)
    found = questions.filling(noord_queries.user_number, at=at)
    assert found
    meters = json.loads(found.payload)["meters"]
    assert ["cov:hour", int(hour.timestamp()), 10] in [meters[first : first + 3] for first in range(0, len(meters), 3)]


def test_who_does_not_exist_is_looked_for_once_a_second_at_most() -> None:
    looked: list[str] = []

    async def look(name: str) -> str | None:
        looked.append(name)
        await asyncio.sleep(0)
        return None

    async def story() -> None:
        asker = Asker(look)
        assert set(await asyncio.gather(*(asker.ask("nobody") for _ in range(50)))) == {None}
        assert await asker.ask("nobody") is None

    run_to_its_end(story())
    assert looked == ["nobody"]


def test_too_many_different_ones_at_once_are_refused() -> None:
    async def story() -> None:
        asked: asyncio.Event = asyncio.Event()
        asker = Asker(lambda _: asked.wait())
        waiting = [asyncio.ensure_future(asker.ask(str(number))) for number in range(ASKED_AT_ONCE_AT_MOST)]
        await asyncio.sleep(0)
        with pytest.raises(TooMuchAsked):
            await asker.ask("one more")
        asked.set()
        assert set(await asyncio.gather(*waiting)) == {True}

    run_to_its_end(story())


def test_what_fails_is_asked_anew_the_next_time() -> None:
    failures = [DatabaseAway()]

    async def look(name: str) -> str | None:
        if failures:
            raise failures.pop()
        return name

    async def story() -> None:
        asker = Asker(look)
        with pytest.raises(DatabaseAway):
            await asker.ask("cov")
        assert await asker.ask("cov") == "cov"

    run_to_its_end(story())
