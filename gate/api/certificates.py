"""What the gate wants of a client certificate in a header, and which proxies are believed."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256

from certificates.environments import is_of_another
from certificates.headers import read_certificate

PEERS_AT_MOST: Final = 1_000


@lru_cache(maxsize=4096)
def fingerprint_in(header: str, how: str) -> str:
    """SHA-256 of the certificate in a header, in hex. Raises Malformed."""
    return read_certificate(header, how).fingerprint(SHA256()).hex()


@lru_cache(maxsize=256)
def other_environment_in(header: str, how: str, here: str) -> str | None:
    """The Dutch name of the environment that issued the certificate in a header, where it is not this one.

    Only asked when the certificate is refused; it can be read, or it would have been malformed before.
    """
    return is_of_another(read_certificate(header, how), here=here)


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
