"""One small script in the store, one call after another over one connection: the floor of whoever asks it anything."""

from __future__ import annotations

import socket
import time
from typing import Final
from urllib.parse import urlsplit

import hiredis

from bench.rows import slowest

SCRIPT: Final = "return redis.call('INCR', KEYS[1])"
KEY: Final = "bench:evalsha"
CALLS: Final = 5000


def evalsha_slowest() -> float:
    """Seconds; with no client in between but a socket."""
    from django.conf import settings  # noqa: PLC0415  # wants settings

    place = urlsplit(settings.PORTAL_GATE_REDIS_URL)
    with socket.create_connection((place.hostname, place.port)) as store:
        store.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if place.password:
            _ask(store, "AUTH", place.username or "default", place.password)
        digest = _ask(store, "SCRIPT", "LOAD", SCRIPT).decode().split("\r\n")[1]
        call = hiredis.pack_command(("EVALSHA", digest, "1", KEY))  # type: ignore[arg-type]  # its stub wants one
        measured = [_timed(store, call) for _ in range(CALLS)]
        _ask(store, "DEL", KEY)
    return slowest(measured)


def _timed(store: socket.socket, call: bytes) -> float:
    began = time.perf_counter()
    store.sendall(call)
    answer = store.recv(64)
    took = time.perf_counter() - began
    if not answer.startswith(b":"):
        raise SystemExit(f"The store answered {answer!r}, so this measured something else.")
    return took


def _ask(store: socket.socket, *command: str) -> bytes:
    store.sendall(hiredis.pack_command(command))  # type: ignore[arg-type]  # its stub wants one
    return store.recv(256)
