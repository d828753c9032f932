"""Who asks and for whom, as headers tell it. Everything that is read here is bounded, and remembered for a while."""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import unquote_to_bytes

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from gate.policy import as_hex

USER_NUMBER: Final = re.compile(r"[0-9]{14}")
# A certificate with an RSA key of 4096 bits and generous names is 3 kB; escaped, three times that.
CERTIFICATE_MAX_LENGTH: Final = 16_384
ADDRESS_MAX_LENGTH: Final = 64
HEADER_OF: Final = {
    "rfc9440": "client-cert",
    "nginx": "client-cert",
    "traefik": "x-forwarded-tls-client-cert",
}


class Malformed(Exception):
    """Not what the header should hold."""


@lru_cache(maxsize=4096)
def caller_address(text: str) -> tuple[str, str]:
    """The address as text for the journal, and as 32 hex digits. Raises Malformed."""
    if len(text) > ADDRESS_MAX_LENGTH or "%" in text:
        raise Malformed
    try:
        address = ip_address(text)
    except ValueError:
        raise Malformed from None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address), as_hex(mapped or address)


@lru_cache(maxsize=1024)
def fingerprint_in(header: str, how: str) -> str:
    """SHA-256 of the certificate in a header, in hex. Raises Malformed."""
    try:
        return _READERS[how](header).fingerprint(SHA256()).hex()
    except (ValueError, binascii.Error):
        raise Malformed from None


def _rfc9440(header: str) -> x509.Certificate:
    """`:base64 of DER:`, a byte sequence of RFC 8941."""
    if len(header) < 3 or header[0] != ":" or header[-1] != ":":  # noqa: PLR2004 - two colons and something between
        raise Malformed
    return x509.load_der_x509_certificate(base64.b64decode(header[1:-1], validate=True))


def _escaped_pem(header: str) -> x509.Certificate:
    """nginx's `$ssl_client_escaped_cert`: PEM, URL-escaped."""
    return x509.load_pem_x509_certificate(unquote_to_bytes(header))


def _traefik(header: str) -> x509.Certificate:
    """The base64 of PEM without its frame, URL-escaped or not; behind a comma the issuers."""
    own = unquote_to_bytes(header).decode("ascii").split(",")[0]
    return x509.load_der_x509_certificate(base64.b64decode(own, validate=True))


_READERS: Final = {"rfc9440": _rfc9440, "nginx": _escaped_pem, "traefik": _traefik}


class NamedProxies:
    """Whose word about a client certificate is taken."""

    def __init__(self, networks: str, *, loopback_counts: bool) -> None:
        self._networks = tuple(ip_network(network) for network in networks.split())
        self._loopback_counts = loopback_counts and not self._networks
        self._known: dict[str, bool] = {}

    def __contains__(self, peer: str) -> bool:
        """`peer`: an address with a port behind it, as granian tells it."""
        host = peer.rpartition(":")[0].strip("[]")
        if host not in self._known:
            if len(self._known) > ADDRESS_MAX_LENGTH:
                self._known.clear()
            self._known[host] = self._is_named(host)
        return self._known[host]

    def _is_named(self, host: str) -> bool:
        try:
            address = ip_address(host)
        except ValueError:
            return False
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        seen = mapped or address
        return (self._loopback_counts and seen.is_loopback) or any(seen in network for network in self._networks)
