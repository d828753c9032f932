"""The demo's service behind the gate: `python -m vecozo_portal.demo.service`, in `make run`.

Gateway and service in one, to show what a gateway does. `GET /<service code>/...` with the header `Portal-User-Number`:
it asks the gate for each query and answers something invented, or hands the gate's refusal on as it is. It believes
whoever calls, so it listens on this machine alone and is there only with demo people.
"""

import argparse
import json
import re
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from vecozo_portal.environment import environment

ADDRESS: Final = re.compile(r"/(?P<service>[a-z0-9-]{1,40})/[!-~]*")
# Whether it is a user number is the gate's to say; this can be handed on.
NUMBER: Final = re.compile(r"[!-~]{1,40}")
HANDED_ON: Final = ("Content-Type", "Cache-Control", "RateLimit-Policy", "RateLimit", "Retry-After")
WAITS_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Gateway:
    """Asks the gate, over a connection that each thread keeps. Raises OSError or HTTPException while it is away."""

    port: int
    token: str
    _kept: threading.local = field(default_factory=threading.local)

    def ask(self, service: str, user_number: str, client_address: str) -> Answer:
        path = f"/v1/decisions/{service}"
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Portal-User-Number": user_number,
            "Portal-Client-Address": client_address,
        }
        kept: HTTPConnection | None = vars(self._kept).pop("connection", None)
        if kept is not None:
            try:
                return self._asked(kept, path, headers)
            except ConnectionError:
                kept.close()  # the gate closed it meanwhile; once more, over a new one
        return self._asked(HTTPConnection("127.0.0.1", self.port, timeout=WAITS_SECONDS), path, headers)

    def _asked(self, connection: HTTPConnection, path: str, headers: dict[str, str]) -> Answer:
        """Kept for the next question only when it answered this one whole."""
        connection.request("POST", path, headers=headers)
        told = connection.getresponse()
        answer = Answer(told.status, {name: value for name in HANDED_ON if (value := told.headers[name])}, told.read())
        self._kept.connection = connection
        return answer


class Service(BaseHTTPRequestHandler):
    """One connection of who queries."""

    protocol_version = "HTTP/1.1"
    server_version = "demo-service"
    sys_version = ""
    timeout = 60
    # Head and body leave together.
    wbufsize = -1

    def __init__(self, gateway: Gateway, *connection: object) -> None:
        self.gateway = gateway
        super().__init__(*connection)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path == "/healthz":
            self._say(Answer(HTTPStatus.OK, {"Content-Type": "text/plain"}, b"ok"))
            return
        asked = ADDRESS.fullmatch(self.path)
        numbers = self.headers.get_all("Portal-User-Number", [])
        if asked is None or len(numbers) != 1 or NUMBER.fullmatch(numbers[0]) is None:
            self._say(WRONG_QUESTION)
            return
        self._say(self._answer(asked["service"], numbers[0]))

    def _answer(self, service: str, user_number: str) -> Answer:
        try:
            decision = self.gateway.ask(service, user_number, self.client_address[0])
        except (OSError, HTTPException):
            return GATE_AWAY
        return _invented(service, decision) if decision.status == HTTPStatus.NO_CONTENT else decision

    def _say(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the journal has every query that was let through."""


def _invented(service: str, decision: Answer) -> Answer:
    body = {"dienst": service, "antwoord": "Dit antwoord is verzonnen: achter deze dienst van de demo zit niets."}
    return Answer(HTTPStatus.OK, {**decision.headers, "Content-Type": "application/json"}, _as_json(body))


def _problem(status: HTTPStatus, detail: str) -> Answer:
    document = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    headers = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}
    return Answer(status, headers, _as_json(document))


def _as_json(body: Mapping[str, str | int]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


WRONG_QUESTION: Final = _problem(
    HTTPStatus.BAD_REQUEST, "Bevraag GET /<code van de dienst>/ en stuur één keer Portal-User-Number mee."
)
GATE_AWAY: Final = _problem(
    HTTPStatus.SERVICE_UNAVAILABLE, "De poort antwoordt niet. Deze bevraging is niet doorgelaten."
)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def serve(port: int, gateway: Gateway) -> None:
    with Server(("127.0.0.1", port), partial(Service, gateway)) as server:
        server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description="The demo's service behind the gate.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--gate-port", type=int, required=True)
    chosen = parser.parse_args()
    tokens = environment().gateway_tokens
    if not tokens:
        sys.exit("The demo's service has no token to ask the gate with: PORTAL_GATEWAY_TOKENS is empty.")
    serve(chosen.port, Gateway(chosen.gate_port, tokens[0]))


if __name__ == "__main__":
    main()
