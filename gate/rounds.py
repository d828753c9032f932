"""Asking the store much at once: one round trip a node, and what one cannot answer keeps no other from it."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from redis import Redis, RedisCluster
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import MovedError, RedisClusterException, RedisError
from redis.exceptions import TimeoutError as NotInTime

from gate.lua import script
from gate.store import STORE_AWAY, Store

# A slot may have moved, another node may serve it now, and a connection that the store closed is made anew.
WORTH_ANOTHER_LOOK: Final = (NotConnected, NotInTime, MovedError, RedisClusterException)
SILENT_AFTER: Final = 2
SINGLE_SERVER: Final = "the server"

Waiting = list[tuple[int, "Command"]]


class PartlyAway(RedisError):
    """A part of the store could not answer; the rest was asked, and did."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to say, and a key that tells which node it is said to."""

    key: str
    parts: tuple[str | int, ...]

    @classmethod
    def running(cls, name: str, keys: Sequence[str], *arguments: str | int) -> Command:
        """A script of ours."""
        return cls(keys[0], ("EVAL", script(name), len(keys), *keys, *arguments))


class Round:
    """`with Round(store) as asked: asked.ask(commands)`, as often as is wanted.

    What went wrong is raised at the end, once all was asked: PartlyAway, or where the only server is away why it is. A
    node that was silent is not asked again in the same round.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._failures: Counter[str] = Counter()
        self._silent: dict[str, Exception] = {}
        self._troubles: dict[str, Exception] = {}
        self._has_looked = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, raised: BaseException | None, _: TracebackType | None) -> None:
        if raised is not None or not self._troubles:
            return
        key, trouble = next(iter(self._troubles.items()))
        if SINGLE_SERVER in self._silent:
            raise trouble
        raise PartlyAway(f"{key} and {len(self._troubles) - 1} other keys: {trouble!r}") from trouble

    def note(self, key: str, trouble: Exception) -> None:
        """Something else is wrong with what lies at this key: the round goes on, and tells it at its end."""
        self._troubles[key] = trouble

    def ask(self, commands: Sequence[Command]) -> list[Any]:
        """The answers in the order of the commands; in the place of one that did not come, why."""
        waiting = list(enumerate(commands))
        answers = self._answers(waiting)
        again = [each for each in waiting if isinstance(answers[each[0]], WORTH_ANOTHER_LOOK)]
        if again and not self._has_looked:
            self._look_anew()
            answers |= self._answers(again)
        for place, command in waiting:
            if isinstance(answers[place], Exception):
                self.note(command.key, answers[place])
        return [answers[place] for place, _ in waiting]

    def _answers(self, waiting: Waiting) -> dict[int, Any]:
        answers: dict[int, Any] = {}
        by_node: defaultdict[str, Waiting] = defaultdict(list)
        nodes: dict[str, Redis] = {}
        for place, command in waiting:
            try:
                name, node = self._node_of(command.key)
            except STORE_AWAY as trouble:
                answers[place] = trouble
            else:
                by_node[name].append((place, command))
                nodes[name] = node
        for name, asked in by_node.items():
            said = self._said(name, nodes[name], [command for _, command in asked])
            answers |= {place: answer for (place, _), answer in zip(asked, said, strict=True)}
        return answers

    def _node_of(self, key: str) -> tuple[str, Redis]:
        if not isinstance(self._store, RedisCluster):
            return SINGLE_SERVER, self._store
        node = self._store.get_node_from_key(key)  # type: ignore[no-untyped-call]
        return node.name, self._store.get_redis_connection(node)

    def _said(self, name: str, node: Redis, commands: Sequence[Command]) -> list[Any]:
        if name in self._silent:
            return [self._silent[name]] * len(commands)
        # A cluster's own pipeline fails as a whole when one node does, and its `eval` takes no arguments.
        pipeline: Any = node.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command.parts)
        try:
            return list(pipeline.execute(raise_on_error=False))
        except STORE_AWAY as trouble:
            self._note_failure(name, trouble)
            return [trouble] * len(commands)

    def _note_failure(self, name: str, trouble: Exception) -> None:
        """Who gave no answer in time will not give one now; a connection that was closed is tried once more."""
        self._failures[name] += SILENT_AFTER if isinstance(trouble, NotInTime) else 1
        if self._failures[name] >= SILENT_AFTER:
            self._silent[name] = trouble

    def _look_anew(self) -> None:
        """Once in a round: ask the cluster who serves what."""
        self._has_looked = True
        if isinstance(self._store, RedisCluster):
            with contextlib.suppress(*STORE_AWAY):
                self._store.nodes_manager.initialize(last_failed_node_name=next(iter(self._silent), None))
