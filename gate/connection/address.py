"""Where a node of the store is and how one gets in."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Address:
    """What stands in an address like redis://name:password@host:6379/0; rediss:// is the same over TLS."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    database: int = 0
    is_tls: bool = False

    @classmethod
    def of(cls, url: str) -> Self:
        parts = urlsplit(url)
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or 6379,
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            database=int(parts.path.strip("/") or 0),
            is_tls=parts.scheme == "rediss",
        )

    @property
    def place(self) -> tuple[str, int]:
        return self.host, self.port

    @property
    def credentials(self) -> tuple[str, ...]:
        """What AUTH wants; nothing where nobody asks."""
        return tuple(part for part in (self.username, self.password) if part) if self.password else ()

    @property
    def tls(self) -> ssl.SSLContext | None:
        return ssl.create_default_context() if self.is_tls else None

    def beside(self, host: str, port: int) -> Address:
        """Another node of the same cluster, which has the same door. Without a host: on the same machine."""
        return replace(self, host=host or self.host, port=port)
