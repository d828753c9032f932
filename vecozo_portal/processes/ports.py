"""Ports on loopback."""

import secrets
import socket
from typing import Final

# Below those that Linux gives to outgoing connections (32768 and up): none takes it before a server does.
NOT_GIVEN_AWAY: Final = range(20_000, 32_768)


def is_free(port: int, address: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    while not is_free(port := secrets.choice(NOT_GIVEN_AWAY)):
        pass
    return port
