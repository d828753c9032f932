"""Client certificates as proxies write them in a header: for the gate, and for signing in."""

from __future__ import annotations

import base64
from typing import Final
from urllib.parse import unquote_to_bytes

from cryptography import x509

# A certificate with an RSA key of 4096 bits and generous names is 3 kB; escaped, three times that.
MAX_LENGTH: Final = 16_384
HEADER_OF: Final = {
    "rfc9440": "client-cert",
    "nginx": "client-cert",
    "traefik": "x-forwarded-tls-client-cert",
}


class Malformed(Exception):
    """Not what the header should hold."""


def read_certificate(header: str, how: str) -> x509.Certificate:
    """`how`: one of PORTAL_CLIENT_CERT_FORMAT. Raises Malformed, and nothing else."""
    if len(header) > MAX_LENGTH:
        raise Malformed
    try:
        return _READERS[how](header)
    except (ValueError, x509.InvalidVersion):
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
    own = unquote_to_bytes(header).partition(b",")[0]
    return x509.load_der_x509_certificate(base64.b64decode(own, validate=True))


_READERS: Final = {"rfc9440": _rfc9440, "nginx": _escaped_pem, "traefik": _traefik}
