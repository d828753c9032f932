"""Where entries come from, as one: whoever has an IPv6 network has all of its addresses."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

# RFC 6177: the smallest network that an end site gets. Fewer bits would be several sites as one.
IPV6_PREFIX: Final = 64


def source_of(address: str | None) -> str:
    """IPv4 by address, IPv6 by /64, IPv4 in IPv6 clothes as IPv4; "" where there is no address to tell apart."""
    found = _parsed(address)
    if found is None or isinstance(found, IPv4Address):
        return str(found or "")
    return str(ip_network((found, IPV6_PREFIX), strict=False))


def _parsed(address: str | None) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address or "")
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
