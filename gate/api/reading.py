"""Reading a request: a question, or the problem that says what is wrong with it."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from gate.api import problems
from gate.api.identity import (
    CERTIFICATE_MAX_LENGTH,
    HEADER_OF,
    USER_NUMBER,
    Malformed,
    NamedProxies,
    caller_address,
    fingerprint_in,
)
from gate.api.problems import Problem

BEARER: Final = "Bearer "
TOKEN_MAX_LENGTH: Final = 512


class Headers(Protocol):
    """Headers by lower-case name, as granian gives them."""

    def get(self, name: str) -> str | None: ...

    def get_all(self, name: str) -> list[str]: ...


class Mistake(Exception):
    """Who asks made one; the problem says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.kind)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Identity:
    """For whom is asked: a user number, or a certificate whose holder is to be found."""

    user_number: str = ""
    fingerprint: str = ""


class Tokens:
    """Tokens of gateways, compared by their hash: how long a comparison takes tells nothing about a token."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._digests = tuple(sha256(token.encode()).digest() for token in tokens)

    def knows(self, header: str | None) -> bool:
        if header is None or len(header) > TOKEN_MAX_LENGTH or not header.startswith(BEARER):
            return False
        shown = sha256(header[len(BEARER) :].encode()).digest()
        return sum(hmac.compare_digest(shown, known) for known in self._digests) > 0


class Reader:
    """Reads the headers of a decision. Raises Mistake."""

    def __init__(self, proxies: NamedProxies, certificate_format: str) -> None:
        self._proxies = proxies
        self._format = certificate_format
        self._certificate_header = HEADER_OF[certificate_format]

    def identity(self, headers: Headers, peer: str) -> Identity:
        number, certificate = headers.get("portal-user-number"), headers.get(self._certificate_header)
        if number is not None:
            if certificate is not None:
                raise Mistake(problems.TWO_IDENTITIES)
            if not USER_NUMBER.fullmatch(number) or _is_repeated(headers, "portal-user-number"):
                raise Mistake(problems.MALFORMED_NUMBER)
            return Identity(user_number=number)
        if certificate is None:
            raise Mistake(problems.NO_IDENTITY)
        return Identity(fingerprint=self._fingerprint(headers, certificate, peer))

    def _fingerprint(self, headers: Headers, certificate: str, peer: str) -> str:
        if peer not in self._proxies:
            raise Mistake(problems.UNNAMED_PROXY)
        if len(certificate) > CERTIFICATE_MAX_LENGTH:
            raise Mistake(problems.TOO_LARGE)
        if _is_repeated(headers, self._certificate_header):
            raise Mistake(problems.TWO_IDENTITIES)
        try:
            return fingerprint_in(certificate, self._format)
        except Malformed:
            raise Mistake(problems.MALFORMED_CERTIFICATE) from None

    @staticmethod
    def client_address(headers: Headers) -> tuple[str, str]:
        """As text and as 32 hex digits."""
        told = headers.get("portal-client-address")
        if told is None or _is_repeated(headers, "portal-client-address"):
            raise Mistake(problems.NO_CLIENT_ADDRESS)
        try:
            return caller_address(told)
        except Malformed:
            raise Mistake(problems.NO_CLIENT_ADDRESS) from None


def _is_repeated(headers: Headers, name: str) -> bool:
    """Which of the two would be meant? One that a client sent along is believed by nobody."""
    return len(headers.get_all(name)) > 1
