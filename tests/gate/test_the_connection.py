"""One connection for many: written at once, answered in order, never waited for too long, found again by itself."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import hiredis
import pytest

from gate.connection import DECIDE, GateStore, StoreAway, packed
from gate.connection.address import Address
from gate.connection.link import WAITING_AT_MOST, Link
from gate.connection.node import Node
from tests.gate.loops import run_to_its_end
from tests.gate.scripts import NUMBER
from tests.gate.valkeys import OwnValkey

PATIENCE_SECONDS = 20.0
BUCKET = 0


def with_store(valkey: OwnValkey, story: Callable[[GateStore], Awaitable[None]]) -> None:
    async def told() -> None:
        store = GateStore(valkey.url)
        try:
            assert await store.start(PATIENCE_SECONDS)
            await story(store)
        finally:
            store.close()

    run_to_its_end(told())


async def ask(store: GateStore) -> bytes:
    """Something that the store answers whoever is asked about."""
    begin = packed(*["{gate-00}:x"] * 5, "cov")
    answer = await store.run(BUCKET, DECIDE, begin, packed("", "0" * 32, "client", "c" * 32, *["1"] * 4))
    return bytes(answer[0])


async def until_it_answers(store: GateStore) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            with contextlib.suppress(StoreAway):
                assert await ask(store) == b"miss"
                return
            await asyncio.sleep(0)


async def until_it_is_away(store: GateStore) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        with contextlib.suppress(StoreAway):
            while True:
                await ask(store)


def test_a_thousand_at_once_are_answered_over_one_connection(valkey: OwnValkey) -> None:
    async def story(store: GateStore) -> None:
        assert set(await asyncio.gather(*(ask(store) for _ in range(1000)))) == {b"miss"}
        assert len([each for each in valkey.client().client_list() if "evalsha" in each["cmd"]]) == 1

    with_store(valkey, story)


def test_what_is_asked_in_one_turn_of_the_loop_arrives_in_one_read(valkey: OwnValkey) -> None:
    async def story(store: GateStore) -> None:
        client = valkey.client()
        before = client.info("stats")["total_reads_processed"]
        await asyncio.gather(*(ask(store) for _ in range(50)))
        reads = client.info("stats")["total_reads_processed"] - before
        # 50 commands of some 400 bytes come in two or three reads of 16 kB; one read is this question's own.
        assert reads <= 5

    with_store(valkey, story)


def test_replies_come_in_the_order_of_the_questions(valkey: OwnValkey) -> None:
    async def story() -> None:
        node = Node(Address.of(valkey.url))
        assert await node.wait_up(PATIENCE_SECONDS)
        said = await asyncio.gather(*(node.call("ECHO", str(number)) for number in range(500)))
        assert said == [str(number).encode() for number in range(500)]
        node.close()

    run_to_its_end(story())


def test_who_no_longer_waits_does_not_disturb_the_others(valkey: OwnValkey) -> None:
    async def story() -> None:
        node = Node(Address.of(valkey.url))
        assert await node.wait_up(PATIENCE_SECONDS)
        asked = [asyncio.ensure_future(node.call("ECHO", str(number))) for number in range(10)]
        await asyncio.sleep(0)
        asked[3].cancel()
        said = await asyncio.gather(*asked, return_exceptions=True)
        assert isinstance(said.pop(3), asyncio.CancelledError)
        assert said == [str(number).encode() for number in range(10) if number != 3]
        node.close()

    run_to_its_end(story())


def test_scripts_that_were_flushed_are_loaded_again(valkey: OwnValkey) -> None:
    async def story(store: GateStore) -> None:
        valkey.client().script_flush()
        assert await ask(store) == b"miss"
        assert await ask(store) == b"miss"

    with_store(valkey, story)


def test_a_store_that_hangs_is_given_up_and_found_again(valkey: OwnValkey) -> None:
    async def story(store: GateStore) -> None:
        valkey.pause()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                said = await asyncio.gather(*(ask(store) for _ in range(100)), return_exceptions=True)
            assert {type(each) for each in said} == {StoreAway}
            with pytest.raises(StoreAway):
                await ask(store)
        finally:
            valkey.go_on()
        await until_it_answers(store)

    with_store(valkey, story)


def test_a_store_that_was_killed_is_found_again(valkey: OwnValkey) -> None:
    async def story(store: GateStore) -> None:
        valkey.kill()
        await until_it_is_away(store)
        valkey.revive()
        await until_it_answers(store)

    with_store(valkey, story)


def test_a_gate_may_start_before_its_store(valkey: OwnValkey) -> None:
    valkey.kill()

    async def story() -> None:
        store = GateStore(valkey.url)
        assert not await store.start(0.1)
        with pytest.raises(StoreAway):
            await ask(store)
        valkey.revive()
        await until_it_answers(store)
        store.close()

    run_to_its_end(story())


def test_too_many_that_wait_are_refused_at_once(valkey: OwnValkey) -> None:
    async def story(store: GateStore) -> None:
        asked = [asyncio.ensure_future(ask(store)) for _ in range(WAITING_AT_MOST + 10)]
        said = await asyncio.gather(*asked, return_exceptions=True)
        assert [each for each in said if each != b"miss"] == said[-10:]
        assert {type(each) for each in said[-10:]} == {StoreAway}
        assert await ask(store) == b"miss"

    with_store(valkey, story)


def test_the_run_id_is_that_of_the_start_that_answers(valkey: OwnValkey) -> None:
    """An account of an earlier start is a miss although it is still there."""

    async def story(store: GateStore) -> None:
        client = valkey.client()
        run_id = client.info("server")["run_id"]
        fields: dict[Any, Any] = {"v": "1", "run": run_id, "number": NUMBER, "kind": "personal", "refusal": "inactive"}
        client.hset("{gate-00}:x", mapping={**fields, "lifter": "nobody", "addresses": "", "certificates": ""})
        assert await ask(store) == b"inactive"
        valkey.kill()
        valkey.revive()
        assert client.hget("{gate-00}:x", "refusal") == "inactive"
        await until_it_answers(store)

    with_store(valkey, story)


def test_a_wrong_password_is_no_way_in(valkey: OwnValkey) -> None:
    async def story() -> None:
        node = Node(Address.of(valkey.url.replace(quote(valkey.password), "another")))
        assert not await node.wait_up(0.3)
        node.close()

    run_to_its_end(story())


def test_garbage_ends_the_connection_and_fails_who_waits() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async def story() -> None:
        server = await asyncio.start_server(babble, "127.0.0.1", 0)
        loop, is_lost = asyncio.get_running_loop(), asyncio.Event()
        link = Link(loop, is_lost.set)
        await loop.create_connection(lambda: link, *server.sockets[0].getsockname())
        with pytest.raises((StoreAway, hiredis.ReplyError)):
            await link.call("PING")
        await asyncio.wait_for(is_lost.wait(), PATIENCE_SECONDS)
        server.close()

    run_to_its_end(story())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://h", Address("h", 6379)),
        ("rediss://a%40b:p%2Fw@h:7000/3", Address("h", 7000, "a@b", "p/w", 3, is_tls=True)),
        ("redis://:pw@[2001:db8::1]:6380/", Address("2001:db8::1", 6380, "", "pw")),
    ],
)
def test_an_address_is_read_whole(url: str, expected: Address) -> None:
    assert Address.of(url) == expected
