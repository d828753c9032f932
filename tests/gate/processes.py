"""A really running gate for the tests, and a program that asks it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

from tests.portal_process import Started, test_database_url
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.ports import free_port
from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.gate import gate_command

TOKEN = "a-token-of-a-gateway-that-only-tests-know"
DECISION = "/v1/decisions/cov"
READY_WITHIN_SECONDS = 90.0


@dataclass(frozen=True)
class Answer:
    """What software hears."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"] == "application/problem+json"
        told = json.loads(self.body)
        assert told["status"] == self.status
        return dict(told)


@dataclass
class RunningGate:
    """A gate with one worker process on a free port of its own."""

    folder: Path
    port: int
    env: dict[str, str]
    process: Started | None = None

    def start(self) -> RunningGate:
        log = self.folder / f"gate-{self.port}.log"
        self.process = Started(spawn(gate_command(port=self.port), cwd=BASE_DIR, log=log, env=self.env), log)
        if not wait_until(self._decided, READY_WITHIN_SECONDS) or not self.is_alive:
            raise AssertionError(f"The gate did not come up; its log:\n{log.read_text(errors='replace')}")
        return self

    @property
    def is_alive(self) -> bool:
        try:
            return self.get("/healthz").status == 200
        except (OSError, HTTPException):
            return False

    def _decided(self) -> bool:
        return self.is_alive or self.process is None or not self.process.is_alive

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET", body: bytes | None = None
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers=dict(headers or {}))
            return read(connection.getresponse())
        finally:
            connection.close()

    def ask(self, user_number: str, **changed: str | None) -> Answer:
        """A question about the service, with some headers changed or left out (`portal_user_number=None`)."""
        named = {name.replace("_", "-").title(): value for name, value in changed.items()}
        headers: dict[str, str | None] = {**asking_for(user_number), **named}
        return self.get(DECISION, {name: value for name, value in headers.items() if value is not None})

    def say(self, request: bytes) -> bytes:
        """The beginning of what comes back for these bytes, well-formed or not."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            return connection.recv(65_536)

    @property
    def log(self) -> str:
        return "" if self.process is None else self.process.log.read_text(errors="replace")

    def stop(self) -> None:
        if self.process is not None:
            self.process.stop()


def read(response: HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


def asking_for(user_number: str, address: str = "192.0.2.9") -> dict[str, str]:
    """The headers of a gateway that asks for an account."""
    return {
        "Authorization": f"Bearer {TOKEN}",
        "Portal-User-Number": user_number,
        "Portal-Client-Address": address,
    }


def new_gate(folder: Path, settings: Mapping[str, str] | None = None) -> RunningGate:
    """Not started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    metrics = folder / "metrics"
    metrics.mkdir(exist_ok=True)
    env = {
        **os.environ,
        "PORTAL_DATABASE_URL": test_database_url(),
        "PORTAL_GATEWAY_TOKENS": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
        **(settings or {}),
    }
    return RunningGate(folder=folder, port=free_port(), env=env)
