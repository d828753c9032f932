"""Client certificates as proxies write them in a header, and which proxies are believed."""

from __future__ import annotations

import base64
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import unquote_to_bytes

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from certificates.environments import is_of_another

# A certificate with an RSA key of 4096 bits and generous names is 3 kB; escaped, three times that.
MAX_LENGTH: Final = 16_384
PEERS_AT_MOST: Final = 1_000
HEADER_OF: Final = {
    "rfc9440": "client-cert",
    "nginx": "client-cert",
    "traefik": "x-forwarded-tls-client-cert",
}


class Malformed(Exception):
    """Not what the header should hold."""


@lru_cache(maxsize=4096)
def fingerprint_in(header: str, how: str) -> str:
    """SHA-256 of the certificate in a header, in hex. Raises Malformed."""
    try:
        return _READERS[how](header).fingerprint(SHA256()).hex()
    except (ValueError, x509.InvalidVersion):
        raise Malformed from None


@lru_cache(maxsize=256)
def other_environment_in(header: str, how: str, here: str) -> str | None:
    """The Dutch name of the environment that issued the certificate in a header, where it is not this one.

    Only asked when the certificate is refused; it can be read, or it would have been malformed before.
    """
    return is_of_another(_READERS[how](header), here=here)


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
    own = unquote_to_bytes(header).partition(b",")[0]
    return x509.load_der_x509_certificate(base64.b64decode(own, validate=True))


_READERS: Final = {"rfc9440": _rfc9440, "nginx": _escaped_pem, "traefik": _traefik}


class NamedProxies:
    """Whose word about a client certificate is taken: proxies that are named in the settings.

    With `loopback_counts`, and where none is named, a proxy on the same machine is believed as well.
    """

    def __init__(self, networks: str, *, loopback_counts: bool) -> None:
        self._networks = tuple(ip_network(network) for network in networks.split())
        self._loopback_counts = loopback_counts and not self._networks
        self._known: dict[str, bool] = {}

    def __contains__(self, peer: str) -> bool:
        """`peer`: an address with a port behind it, as granian tells it."""
        host = peer.rpartition(":")[0].strip("[]")
        if host not in self._known:
            if len(self._known) >= PEERS_AT_MOST:
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
