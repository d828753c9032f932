"""A browser behind a proxy that passes its client certificate on, or that is no proxy of ours."""

from __future__ import annotations

from cryptography import x509
from django.test import Client

from tests.gate.client_certificates import Shown

PROXY = "192.0.2.80"


def browser_with(certificate: x509.Certificate | None, *, proxy: str = PROXY) -> Client:
    """What the proxy at this address would send along with every request."""
    browser = Client(REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR="198.51.100.7")
    shows(browser, certificate)
    return browser


def shows(browser: Client, certificate: x509.Certificate | None) -> None:
    """From now on another one, or none."""
    browser.defaults.pop("HTTP_CLIENT_CERT", None)
    if certificate:
        browser.defaults["HTTP_CLIENT_CERT"] = Shown(certificate).rfc9440
