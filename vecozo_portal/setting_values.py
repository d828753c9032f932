"""What a setting may hold, and what is said where it holds something else."""

import ipaddress
from typing import Annotated
from urllib.parse import urlsplit

from limits import parse_many
from pydantic import BeforeValidator
from pydantic_settings import NoDecode


def an_http_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError("wants http:// or https:// with a host name and nothing behind it")
    return value.rstrip("/")


def a_postgres_address(value: str) -> str:
    if urlsplit(value).scheme not in {"postgresql", "postgres"}:
        raise ValueError("wants an address that starts with postgresql://")
    return value


def a_redis_address(value: str) -> str:
    if urlsplit(value).scheme not in {"redis", "rediss"}:
        raise ValueError("wants an address that starts with redis:// or rediss://")
    return value


def networks(value: str) -> str:
    for network in value.split():
        ipaddress.ip_network(network)
    return value


def a_limit(value: str) -> str:
    """A number in a period, as `limits` writes them, or several; or off."""
    if value != "off":
        wanted = "wants a number and a period such as 60/minute, several by ;, or off"
        try:
            limits = parse_many(value)
        except ValueError:
            raise ValueError(wanted) from None
        if any(limit.amount < 1 for limit in limits):
            raise ValueError(wanted)
    return value


def _split(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
