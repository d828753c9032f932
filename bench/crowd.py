"""Queries that are really under way at the same time: all are sent before the first answer is read."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPResponse
from itertools import cycle
from typing import Self
from urllib.parse import urlsplit

PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Heard:
    """What one of them heard; headers by lower-case name."""

    status: int
    headers: Mapping[str, str]


class Crowd:
    """So many connections, dealt out to the addresses and open already: `with Crowd(...) as crowd: crowd.ask()`."""

    def __init__(self, urls: Sequence[str], headers: Mapping[str, str], queries: int) -> None:
        self._dealt = [urlsplit(url) for url, _ in zip(cycle(urls), range(queries), strict=False)]
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._question = f"GET {self._dealt[0].path} HTTP/1.1\r\nHost: gate\r\n{lines}\r\n".encode()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._connections = [self._connect(url.hostname, url.port) for url in self._dealt]
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def ask(self) -> list[Heard]:
        for connection in self._connections:
            connection.sendall(self._question)
        return [_heard(connection) for connection in self._connections]

    def statuses(self) -> Counter[int]:
        return Counter(heard.status for heard in self.ask())

    def _connect(self, host: str | None, port: int | None) -> socket.socket:
        connection = socket.create_connection((host or "", port or 0), timeout=PATIENCE_SECONDS)
        return self._open.enter_context(closing(connection))


def _heard(connection: socket.socket) -> Heard:
    response = HTTPResponse(connection)
    response.begin()
    response.read()
    return Heard(response.status, {name.lower(): value for name, value in response.getheaders()})
