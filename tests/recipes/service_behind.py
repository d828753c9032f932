"""The service that the recipes protect: it tells what reached it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Behind:
    """What reached the service, in order: method, path and headers."""

    port: int = 0
    reached: list[dict[str, Any]] = field(default_factory=list)


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, behind: Behind, *connection: Any) -> None:
        self.behind = behind
        super().__init__(*connection)

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.behind.reached.append({"method": self.command, "path": self.path, "headers": headers})
        body = json.dumps(self.behind.reached[-1]).encode()
        self.send_response(404 if self.path.endswith("/nothing-here") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_HEAD = do_DELETE = _answer  # noqa: N815 - the base class's names

    def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 - the base class's name


@contextmanager
def service_behind() -> Iterator[Behind]:
    behind = Behind()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Echo, behind)) as server:
        server.daemon_threads = True
        behind.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield behind
        server.shutdown()
