"""A way to PostgreSQL on which everything may vanish without a word, as when a machine loses its power."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread


class Hole:
    """`hole.port` leads there; after `swallow()` nothing passes on connections of before, and new ones are well."""

    def __init__(self, host: str, port: int) -> None:
        self._there = host, port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._swallowing: list[Event] = []
        self._open: list[socket.socket] = []
        Thread(target=self._let_in, daemon=True).start()

    def swallow(self) -> None:
        for each in self._swallowing:
            each.set()

    def close(self) -> None:
        for each in (self._door, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _let_in(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._door.accept()
                there = socket.create_connection(self._there)
                swallowing = Event()
                self._swallowing.append(swallowing)
                self._open += [here, there]
                for source, target in ((here, there), (there, here)):
                    Thread(target=_pass_on, args=[source, target, swallowing], daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, swallowing: Event) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            if not swallowing.is_set():
                target.sendall(data)
        if not swallowing.is_set():
            target.shutdown(socket.SHUT_WR)


@contextmanager
def hole_before(host: str, port: int) -> Iterator[Hole]:
    hole = Hole(host, port)
    yield hole
    hole.close()
