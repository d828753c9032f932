"""Queries that are really under way at the same time: all are sent before the first answer is read."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from http.client import HTTPResponse
from itertools import cycle
from typing import Self

from tests.gate.processes import DECISION, Answer, RunningGate, asking_for, read

PATIENCE_SECONDS = 60


class Crowd:
    """So many connections, dealt out to the gates and open already: `with Crowd(...) as crowd: crowd.ask()`."""

    def __init__(self, gates: Sequence[RunningGate], user_number: str, queries: int) -> None:
        headers = "".join(f"{name}: {value}\r\n" for name, value in asking_for(user_number).items())
        self._question = f"GET {DECISION} HTTP/1.1\r\nHost: gate\r\n{headers}\r\n".encode()
        self._dealt = [gate for gate, _ in zip(cycle(gates), range(queries), strict=False)]
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._connections = [self._connect(gate) for gate in self._dealt]
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def ask(self) -> list[Answer]:
        for connection in self._connections:
            connection.sendall(self._question)
        return [_answer(connection) for connection in self._connections]

    def _connect(self, gate: RunningGate) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", gate.port), timeout=PATIENCE_SECONDS)
        return self._open.enter_context(closing(connection))


def ask_all(gates: Sequence[RunningGate], user_number: str, queries: int) -> Counter[int]:
    """How often each status was answered."""
    with Crowd(gates, user_number, queries) as crowd:
        return Counter(answer.status for answer in crowd.ask())


def _answer(connection: socket.socket) -> Answer:
    response = HTTPResponse(connection)
    response.begin()
    return read(response)
