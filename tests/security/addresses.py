"""Every address of the portal, filled in so that it leads somewhere; read from the URL map, so none is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import SlugConverter, UUIDConverter

_CONVERTED = re.compile(r"(?<!\?P)<(?:\w+:)?(\w+)>")
# Our own.
APPS = ("accounts", "blocking", "messagebox", "certificates", "gate", "desk", "vecozo_portal")
_GROUP = re.compile(r"\(\?P<\w+>[^()]*\)")


def addresses(things: Sequence[Model]) -> list[str]:
    """Each pattern with the public id of every given thing, and with the number of the one it is about."""
    return sorted({_filled(route, pattern, thing) for route, pattern in patterns() for thing in _about(route, things)})


def _about(route: str, things: Sequence[Model]) -> Sequence[Model]:
    """The admin's addresses name a model; the others may name anything."""
    of_this_model = [thing for thing in things if f"/{thing._meta.model_name}/" in route]
    return of_this_model or (things[:1] if route.startswith("/beheer/") else things)


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the URL map as it is written there."""
    return _walk(get_resolver().url_patterns, "/")


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern


def _filled(route: str, pattern: URLPattern, thing: Model) -> str:
    converters = getattr(pattern.pattern, "converters", {})
    converted = _CONVERTED.sub(lambda match: _example(converters.get(match[1]), thing), route)
    return _GROUP.sub("x", converted)


def _example(converter: object, thing: Model) -> str:
    if isinstance(converter, UUIDConverter):
        return str(getattr(thing, "public_id", ""))
    return "geblokkeerd" if isinstance(converter, SlugConverter) else str(thing.pk)
