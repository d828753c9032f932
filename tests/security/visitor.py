"""Somebody with a browser that keeps cookies, sends what it is told to, and shows everything that came back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlencode, urlsplit

SIGN_IN = "/inloggen/"
FORGOTTEN_PASSWORD = "/wachtwoord-vergeten/"
FORM = "application/x-www-form-urlencoded"
PATIENCE_SECONDS = 60.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: HTTPMessage = field(repr=False)
    body: str = field(repr=False)

    @property
    def cookies(self) -> dict[str, str]:
        """Each cookie with its value, attributes left out."""
        set_now = self.headers.get_all("Set-Cookie") or []
        return dict(line.split(";")[0].split("=", 1) for line in set_now)

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.body)
        if found is None:
            raise AssertionError(f"No form in the answer {self.status}:\n{self.body[:500]}")
        return found[1]


@dataclass
class Visitor:
    base_url: str
    always: dict[str, str] = field(default_factory=dict)
    """Headers that go along with every request."""
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def send(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        address = urlsplit(self.base_url)
        connection = HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, self._headers(headers or {}))
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read().decode())
        finally:
            connection.close()
        self.cookies |= answer.cookies
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers=headers)

    def open_door(self, path: str = SIGN_IN) -> Answer:
        """Look at the page of a door, and keep the token of its form."""
        answer = self.get(path)
        self.token = answer.token
        return answer

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        if not self.token:
            self.open_door()
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}, errors="surrogatepass")
        return self.send("POST", path, body, {"Content-Type": FORM})

    def enter_password(self, user_number: str, password: str) -> Answer:
        return self.post(SIGN_IN, {"user_number": user_number, "password": password})

    def enter_pin(self, user_number: str, pin: str, new_password: str = "heel nieuw en lang genoeg") -> Answer:
        return self.post(FORGOTTEN_PASSWORD, {"user_number": user_number, "pin": pin, "new_password": new_password})

    def _headers(self, given: Mapping[str, str]) -> dict[str, str]:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return self.always | ({"Cookie": jar} if jar else {}) | dict(given)
