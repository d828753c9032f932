"""The software of an organisation as its supplier runs it: openssl makes its key, curl asks."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.recipes.certificates import Pair

HOST = "localhost"


@dataclass(frozen=True)
class Curled:
    """What curl got: the status, what RateLimit said is left, and the document of a refusal."""

    status: int
    remaining: int | None
    document: Any

    @property
    def reason(self) -> str | None:
        return self.document.get("reason") if self.status != 200 else None


@dataclass(frozen=True)
class Software:
    """`name`: of the files with its key and certificate; a renewal is a new name."""

    folder: Path
    name: str = "software"

    @property
    def pair(self) -> Pair:
        return Pair(self.folder / f"{self.name}.pem", self.folder / f"{self.name}.key")

    def signing_request(self) -> Path:
        """A new key, kept here, and the request for it."""
        request = self.folder / f"{self.name}.csr"
        subject = ["-subj", "/O=Leverancier/CN=declaratieserver"]
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        _run("openssl", "req", "-new", *kind, "-keyout", self.pair.key, *subject, "-out", request)
        return request

    def asks(self, port: int, server: Path) -> Curled:
        """On a new connection. `server`: the certificate that the gateway shows, which is checked."""
        told: list[str | Path] = ["-D", "-", "-o", self.folder / "body", "-w", "\\n%{http_code}"]
        shown: list[str | Path] = ["--cacert", server, "--cert", self.pair.certificate, "--key", self.pair.key]
        head = _run("curl", "-sS", "--max-time", "20", *told, *shown, f"https://127.0.0.1:{port}/cov/").stdout.decode()
        return Curled(int(head.splitlines()[-1]), _remaining(head), json.loads((self.folder / "body").read_bytes()))

    def asks_keeping_the_session(self, port: int, version: str, *, host: str = HOST) -> str:
        """What `openssl s_client` shows: of the handshake, and of the answer. It keeps the session that it is given."""
        return self._s_client(port, host, version, "-sess_out", self._session)

    def asks_resuming(self, port: int, version: str) -> str:
        """The same, showing the session that was kept, if one was given."""
        session: list[str | Path] = ["-sess_in", self._session] if self._session.exists() else []
        return self._s_client(port, HOST, version, *session)

    @property
    def _session(self) -> Path:
        return self.folder / f"{self.name}.session"

    def _s_client(self, port: int, host: str, *options: str | Path) -> str:
        pair: list[str | Path] = ["-cert", self.pair.certificate, "-key", self.pair.key]
        connection = ["-connect", f"127.0.0.1:{port}", "-servername", host, "-ign_eof"]
        query = f"GET /cov/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        done = _run("openssl", "s_client", *connection, *pair, *options, given=query.encode())
        return done.stdout.decode(errors="replace")


def _remaining(head: str) -> int | None:
    lines = (line for line in head.splitlines() if line.lower().startswith("ratelimit:"))
    limit = next(lines, None)
    return int(limit.split(";")[1].removeprefix("r=")) if limit else None


def _run(*command: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run([str(part) for part in command], input=given, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done
