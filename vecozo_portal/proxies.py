"""Who is really asking: forwarding headers are believed from named proxies only, and dropped from everybody else.

After this middleware `REMOTE_ADDR` is the client's address everywhere in the portal, and nothing else needs to look.

What cannot be seen from here: WSGI has one name for `X-Forwarded-For` and `X_Forwarded_For`, and granian keeps one of
the two. A named proxy must drop names with an underscore, as nginx does.
"""

import ipaddress
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.shown_certificates import IGNORED, SHOWN
from certificates.headers import HEADER_OF

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

CERTIFICATES: Final = ("HTTP_CLIENT_CERT", "HTTP_CLIENT_CERT_CHAIN", "HTTP_X_FORWARDED_TLS_CLIENT_CERT")
FORWARDING: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")
CAME_THROUGH_A_PROXY: Final = "portal.came_through_a_proxy"


class NamedProxiesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.proxies = networks(settings.PORTAL_TRUSTED_PROXIES)
        header = HEADER_OF[settings.PORTAL_CLIENT_CERT_FORMAT]
        self.certificate = f"HTTP_{header.upper().replace('-', '_')}"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        meta["REMOTE_ADDR"] = meta.get("REMOTE_ADDR", "").partition("%")[0]
        meta[CAME_THROUGH_A_PROXY] = any(header in meta for header in FORWARDING)
        is_named = is_among(meta["REMOTE_ADDR"], self.proxies)
        self._keep_certificate(request, is_believed=is_named)
        if is_named:
            meta["REMOTE_ADDR"] = client_address(
                meta["REMOTE_ADDR"], meta.get("HTTP_X_FORWARDED_FOR", ""), self.proxies
            )
        else:
            for header in FORWARDING:
                meta.pop(header, None)
        return self.get_response(request)

    def _keep_certificate(self, request: HttpRequest, *, is_believed: bool) -> None:
        """What a named proxy passed on of the client's certificate stands apart; the headers themselves are gone."""
        meta = request.META
        shown = meta.get(self.certificate, "")
        for header in CERTIFICATES:
            meta.pop(header, None)
        if shown:
            meta[SHOWN if is_believed else IGNORED] = shown


def client_address(peer: str, forwarded_for: str, proxies: tuple[Network, ...]) -> str:
    """The last address in the chain that is no proxy of ours; what stands before it anybody may have written."""
    for hop in reversed([peer, *(part.strip() for part in forwarded_for.split(",") if part.strip())][1:]):
        address = parsed(hop)
        if address is None:
            return peer
        if not any(address in network for network in proxies):
            return str(address)
    return peer


def is_among(address: str, proxies: tuple[Network, ...]) -> bool:
    found = parsed(address)
    return found is not None and any(found in network for network in proxies)


def parsed(address: str) -> Address | None:
    """IPv4 in IPv6 clothes (::ffff:192.0.2.1) is the same client. A zone (fe80::1%eth0) means something on one machine
    only, and PostgreSQL keeps no such address, so a forwarded one is none."""
    if "%" in address:
        return None
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def networks(text: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(network) for network in text.split())
