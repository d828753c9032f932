"""Querying the demo's service as software does: one connection, one query after another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

WAITS_SECONDS: Final = 10
START_A_RUN: Final = "Start `make run` in another terminal, and try again when it is ready."
NO_RUN: Final = f"No portal is running here. {START_A_RUN}"
# `"day";r=99;t=3600`: so many are left of this window.
_LEFT: Final = re.compile(r'"(?P<window>[a-z]+)";r=(?P<left>[0-9]+)')


class NobodyAnswers(Exception):
    """The demo's service is not there; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one query."""

    status: HTTPStatus
    headers: dict[str, str]
    body: str

    @property
    def is_allowed(self) -> bool:
        return self.status == HTTPStatus.OK

    @property
    def left(self) -> dict[str, int]:
        """By window, how many queries are left of it; empty where no quota applies."""
        return {found["window"]: int(found["left"]) for found in _LEFT.finditer(self.headers.get("ratelimit", ""))}

    @property
    def document(self) -> dict[str, Any]:
        """The problem document of a refusal."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Asking:
    """One program that queries one service, told by the user number of its account."""

    base: str
    service: str
    user_number: str

    @property
    def address(self) -> str:
        return f"{self.base}/{self.service}/"

    def answers(self, count: int) -> Iterator[Answer]:
        """So many answers, and none after a refusal. Raises NobodyAnswers."""
        parts = urlsplit(self.base)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=WAITS_SECONDS)
        try:
            for _ in range(count):
                answer = self._ask(connection)
                yield answer
                if not answer.is_allowed:
                    return
        except (OSError, HTTPException):
            raise NobodyAnswers(f"Nobody answers at {self.address}. {START_A_RUN}") from None
        finally:
            connection.close()

    def _ask(self, connection: HTTPConnection) -> Answer:
        connection.request("GET", f"/{self.service}/", headers={"Portal-User-Number": self.user_number})
        told = connection.getresponse()
        headers = {name.lower(): value for name, value in told.getheaders()}
        return Answer(HTTPStatus(told.status), headers, told.read().decode())
