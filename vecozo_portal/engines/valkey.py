"""Valkey on loopback with a password, append-only, never evicting: what is queued is kept or refused, never dropped."""

import socket
from collections.abc import Sequence

from vecozo_portal.engines.binaries import valkey_binary
from vecozo_portal.engines.engine import Engine, EngineFailure


class ValkeyEngine(Engine):
    name = "valkey"
    title = "Valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        self.binary = valkey_binary(self.home)
        if self.data.exists() and not self.data.is_dir():
            raise EngineFailure(f"{self.data} is no folder. Move it away to begin with an empty queue.")
        self.owner.own_folder(self.data)

    def command(self) -> Sequence[str]:
        return [str(self.binary), "-"]

    def configuration(self) -> bytes:
        """Read from standard input, so that the password stands in no file and in no list of processes."""
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            "protected-mode yes",
            f"requirepass {self.password}",
            f'dir "{self.data}"',
            "daemonize no",
            f"appendonly {'yes' if self.durable else 'no'}",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "enable-debug-command no",
            "enable-module-command no",
        ]
        return "\n".join([*lines, ""]).encode()

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return connection.makefile("rb").read(12) == b"+OK\r\n+PONG\r\n"
        except OSError:
            return False
