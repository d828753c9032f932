"""Every address is either on the list of public ones or sends strangers away."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

PUBLIC = {
    "",  # sends everybody to their own first page
    "inloggen/",
    "wachtwoord-vergeten/",
    "wachtwoord-vergeten/gelukt/",
    "activeren/",
    "activeren/gelukt/",
    "pincode-vergeten/",
    "pincode-vergeten/gelukt/",
    "dit-was-ik-niet/gelukt/",
    "dit-was-ik-niet/<str:token>/",  # signed, from a mail
    "hulp/<slug:slug>/",
    "certificaat-installeren/",
    "crl/<slug:name>.crl",
    "crl/<slug:name>.cer",
    "ocsp/",
    "ocsp/<path:asked>",
    "healthz",
    "readyz",
    "metrics",
    ".well-known/security.txt",
    "beheer/login/",  # sends to the portal's own door
}
SENT_AWAY = {302, 303, 403, 404, 405}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route, pattern


ALL = sorted(dict(addresses(get_resolver().url_patterns)))


def filled_in(route: str, pattern: URLPattern) -> str:
    """An address that fits the route, naming objects that are nobody's."""
    examples = {IntConverter: "1", SlugConverter: "x", StringConverter: "x", UUIDConverter: str(uuid.uuid4())}
    filled = route
    for name, converter in pattern.pattern.converters.items():
        kind = next((key for key in examples if isinstance(converter, key)), StringConverter)
        for written in (f"<{name}>", *(f"<{prefix}:{name}>" for prefix in ("int", "slug", "str", "uuid", "path"))):
            filled = filled.replace(written, examples[kind])
    return f"/{filled}"


def protected() -> list[str]:
    """All but the public ones and the demo's own pages, which exist with demo data only and are for everybody."""
    return [route for route in ALL if route not in PUBLIC and not route.startswith("demo/")]


@pytest.mark.django_db
@pytest.mark.parametrize("route", protected())
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_away(client: Client, route: str, method: str) -> None:
    pattern = dict(addresses(get_resolver().url_patterns))[route]
    answer = getattr(client, method)(filled_in(route, pattern))
    assert answer.status_code in SENT_AWAY
    if answer.status_code in {302, 303}:
        assert answer["Location"].startswith(("/inloggen/", "/beheer/"))


def test_nothing_on_the_public_list_is_gone() -> None:
    assert set(ALL) >= PUBLIC
