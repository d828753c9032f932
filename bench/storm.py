"""Many guesses at once against a really running portal, as an attacker would send them.

Statuses look right in systems that count wrongly, so the proof is elsewhere: the right secret is
planted among the guesses, released once the attempts are committed as taken, and the verifications
are counted by the portal's own metric.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode, urlsplit

from bench.doors import SIGN_IN, fields_at

PATIENCE_SECONDS = 120.0
UNREAD = 0
BUSY = 503
AGAIN_AFTER_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Guess:
    """One entry at one door; from a browser that keeps this cookie beside the visitor's own."""

    address: str
    user_number: str
    secret: str
    cookie: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, str]:
        return fields_at(self.address, self.user_number, self.secret) | dict(self.more)


@dataclass(frozen=True, slots=True)
class Answer:
    """`let_in`: sent on, or handed a file. `cookies`: what the browser is to keep, by name."""

    status: int
    let_in: bool
    body: str = field(repr=False)
    cookies: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a page of each door before them: its cookie and its token."""

    base_url: str
    cookie: str
    token: str
    # What a named proxy says of where it comes from.
    source: str = ""

    @classmethod
    def at(cls, base_url: str) -> Visitor:
        connection = _connect(base_url)
        connection.request("GET", SIGN_IN)
        answer = connection.getresponse()
        page = answer.read().decode()
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        connection.close()
        if found is None:
            raise RuntimeError("The sign-in page has no form.")
        return cls(base_url, cookie, found[1])

    def enter(self, guess: Guess) -> Answer:
        body = urlencode(guess.fields | {"csrfmiddlewaretoken": self.token})
        return self._asked("POST", guess.address, body.encode(), cookie=guess.cookie)

    def send(self, address: str, body: bytes, *, announced: int | None = None) -> int:
        """The status for a form with anything in it; `announced`: as if so many bytes were to come.

        UNREAD where the connection was closed before all of it was sent, and the answer went with it.
        """
        more = {"X-CSRFToken": self.token} | ({"Content-Length": str(announced)} if announced else {})
        try:
            return self._asked("POST", address, body, more=more).status
        except ConnectionError:
            return UNREAD

    def look(self, address: str) -> int:
        return self._asked("GET", address).status

    def _asked(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        *,
        cookie: str = "",
        more: Mapping[str, str] | None = None,
    ) -> Answer:
        connection = _connect(self.base_url)
        headers = {"Cookie": "; ".join(filter(None, (self.cookie, cookie)))} | dict(more or {})
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        headers |= {"X-Forwarded-For": self.source} if self.source else {}
        try:
            connection.request(method, address, body, headers)
            return _read(connection.getresponse())
        finally:
            connection.close()


def storm(
    base_url: str,
    guesses: Sequence[Guess],
    *,
    planted: Sequence[Guess] = (),
    is_spent: Callable[[], bool] = lambda: True,
    insist: bool = True,
) -> list[Answer]:
    """Send all guesses at once; send the planted right ones as soon as the attempts are taken.

    `insist`: what was too much at once (503), and so not looked at, is sent again until it is.
    """
    visitor = Visitor.at(base_url)
    enter = _insisting(visitor) if insist else visitor.enter
    everybody = len(guesses) + len(planted)
    start = threading.Barrier(everybody)

    def guess_at_once(guess: Guess) -> Answer:
        start.wait()
        return enter(guess)

    def enter_when_spent(guess: Guess) -> Answer:
        start.wait()
        _wait_for(is_spent)
        return enter(guess)

    with ThreadPoolExecutor(everybody) as pool:
        sent = [pool.submit(guess_at_once, guess) for guess in guesses]
        sent += [pool.submit(enter_when_spent, guess) for guess in planted]
        return [answer.result() for answer in sent]


def _insisting(visitor: Visitor) -> Callable[[Guess], Answer]:
    def enter(guess: Guess) -> Answer:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (answer := visitor.enter(guess)).status == BUSY and time.monotonic() < deadline:
            time.sleep(AGAIN_AFTER_SECONDS)
        return answer

    return enter


def _read(answer: HTTPResponse) -> Answer:
    let_in = answer.status == 303 or answer.getheader("Content-Disposition") is not None
    lines = answer.headers.get_all("Set-Cookie") or []
    cookies = dict(line.split(";")[0].split("=", 1) for line in lines)
    return Answer(answer.status, let_in, answer.read().decode(errors="replace"), cookies)


def _wait_for(is_spent: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_spent() and time.monotonic() < deadline:
        time.sleep(0.001)


def _connect(base_url: str) -> HTTPConnection:
    address = urlsplit(base_url)
    return HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=PATIENCE_SECONDS)
