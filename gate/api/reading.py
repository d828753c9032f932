"""Reading a question from its headers, or saying what is wrong with it. Everything that is read is bounded."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, Protocol

from certificates.headers import HEADER_OF, MAX_LENGTH, Malformed
from gate.api import mistakes
from gate.api.certificates import NamedProxies, fingerprint_in, other_environment_in
from gate.api.mistakes import Mistake
from gate.policy import as_hex

# All values together; a certificate takes up to MAX_LENGTH of it, and nginx sends a browser's cookies along.
HEADERS_MAX_LENGTH: Final = 32_768
TOKEN_MAX_LENGTH: Final = 512
ADDRESS_MAX_LENGTH: Final = 45
NUMBER_LENGTH: Final = 14
OF_ONE_LINK: Final = 64

AUTHORIZATION: Final = "authorization"
USER_NUMBER: Final = "portal-user-number"
CLIENT_ADDRESS: Final = "portal-client-address"
# Traefik's forwardAuth cannot be told to write a header of ours; it sends the one address that it saw.
ADDRESS_OF: Final = {"traefik": "x-forwarded-for"}


class Headers(Protocol):
    """Headers by lower-case name, as granian gives them; what is not UTF-8 is in there and has no value."""

    def items(self) -> list[tuple[str, str]]: ...

    def __contains__(self, name: str) -> bool: ...


class Tokens:
    """Tokens of gateways, compared by their hash: how long a comparison takes tells nothing about a token."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._digests = tuple(sha256(token.encode()).digest() for token in tokens)
        # Headers that were right before. Looking one up compares keyed hashes, so that it tells nothing either.
        self._right: set[str] = set()

    def knows(self, header: str | None) -> bool:
        return header in self._right or (header is not None and self._is_right(header))

    def _is_right(self, header: str) -> bool:
        scheme, _, token = header.partition(" ")
        if len(header) > TOKEN_MAX_LENGTH or scheme != "Bearer":
            return False
        shown = sha256(token.encode(errors="replace")).digest()
        if not sum(hmac.compare_digest(shown, known) for known in self._digests):
            return False
        self._right.add(header)
        return True


class Reader:
    """Reads the headers of a question. Raises Mistake."""

    def __init__(self, proxies: NamedProxies, certificate_format: str) -> None:
        self._proxies = proxies
        self._format = certificate_format
        self._certificate = HEADER_OF[certificate_format]
        self._address = ADDRESS_OF.get(certificate_format, CLIENT_ADDRESS)
        self._read = {AUTHORIZATION, USER_NUMBER, CLIENT_ADDRESS, self._address, self._certificate}

    def fields(self, headers: Headers) -> dict[str, str]:
        """By name. A header that is read here may stand there once: a second one was sent along by somebody else."""
        pairs = headers.items()
        fields = dict(pairs)
        if sum(map(len, fields.values())) > HEADERS_MAX_LENGTH:
            raise Mistake(mistakes.TOO_LARGE)
        if len(fields) != len(pairs):
            names = [name for name, _ in pairs]
            if any(names.count(name) > 1 for name in self._read):
                raise Mistake(mistakes.REPEATED)
        return fields

    def identity(self, headers: Headers, fields: Mapping[str, str], peer: str) -> tuple[str, str]:
        """For whom is asked: a user number, or the fingerprint of a certificate; the other is empty."""
        number = fields.get(USER_NUMBER)
        if self._certificate in headers:
            if USER_NUMBER in headers:
                raise Mistake(mistakes.TWO_IDENTITIES)
            return "", self._fingerprint(fields.get(self._certificate, ""), peer)
        if number is None:
            raise Mistake(mistakes.MALFORMED_NUMBER if USER_NUMBER in headers else mistakes.NO_IDENTITY)
        if len(number) != NUMBER_LENGTH or not (number.isascii() and number.isdigit()):
            raise Mistake(mistakes.MALFORMED_NUMBER)
        return number, ""

    def other_environment(self, fields: Mapping[str, str], here: str) -> str | None:
        """Of a certificate that was refused: the environment that it is of, where that is another one."""
        return other_environment_in(fields[self._certificate], self._format, here)

    def address(self, fields: Mapping[str, str], peer: str) -> tuple[str, str]:
        """From where the query came, as `client_address` tells it. Raises Mistake."""
        if CLIENT_ADDRESS in fields or peer not in self._proxies:
            return client_address(fields)
        return client_address(fields, self._address)

    def _fingerprint(self, certificate: str, peer: str) -> str:
        if peer not in self._proxies:
            raise Mistake(mistakes.UNNAMED_PROXY)
        if len(certificate) > MAX_LENGTH:
            raise Mistake(mistakes.TOO_LARGE)
        try:
            return fingerprint_in(certificate, self._format)
        except Malformed:
            raise Mistake(mistakes.MALFORMED_CERTIFICATE) from None


def client_address(fields: Mapping[str, str], header: str = CLIENT_ADDRESS) -> tuple[str, str]:
    """The caller's address: what usage is counted by, and 32 hex digits. Raises Mistake."""
    told = fields.get(header, "")
    if len(told) > ADDRESS_MAX_LENGTH:
        raise Mistake(mistakes.NO_CLIENT_ADDRESS)
    try:
        return _read_address(told)
    except ValueError:
        raise Mistake(mistakes.NO_CLIENT_ADDRESS) from None


@lru_cache(maxsize=16_384)
def _read_address(text: str) -> tuple[str, str]:
    """An IPv4 address in IPv6 clothes is the same caller; a zone means something on one machine only."""
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            raise ValueError(text)
        address = address.ipv4_mapped or address
    return _client(address), as_hex(address)


def _client(address: IPv4Address | IPv6Address) -> str:
    """What usage is counted by: a machine takes another address within its /64 whenever it likes."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((address, OF_ONE_LINK), strict=False))
