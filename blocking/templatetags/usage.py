"""Usage of a service in templates: its picture around a block, and clients and figures as people read them."""

from __future__ import annotations

import re
from ipaddress import ip_address

from django import template
from django.utils import timezone

from blocking.charts.scale import figure as dutch_figure
from blocking.models import Block, Probation
from blocking.queries import probations, usage_charts

register = template.Library()

_FINGERPRINT = re.compile("[0-9a-f]{64}")
# Enough to tell one certificate from another by eye.
_SHOWN_CHARACTERS = 8
_GROUP = 4


@register.simple_tag
def usage_around(block: Block | None) -> usage_charts.ServiceUsage | None:
    """What was used on the day of a quota block and the day before; None where there is no such block."""
    return usage_charts.usage_around(block, at=timezone.now()) if block else None


@register.simple_tag
def allowance_after(block: Block | None) -> Probation | None:
    """What was granted when a quota block was lifted; None where there is no such block."""
    return probations.allowance_after(block) if block else None


@register.filter
def client_in_words(client: object) -> str:
    """«certificaat met vingerafdruk ab12 cd34…» or «adres 192.0.2.7»: never the whole fingerprint."""
    if not client or not isinstance(client, str):
        return ""
    if is_fingerprint(client):
        return f"certificaat met vingerafdruk {short_print(client)}"
    return f"adres {client}" if _is_address(client) else client


@register.filter
def short_print(fingerprint: str) -> str:
    """«ab12 cd34…»"""
    shown = fingerprint[:_SHOWN_CHARACTERS]
    return " ".join(shown[place : place + _GROUP] for place in range(0, len(shown), _GROUP)) + "…"


@register.filter
def figure(value: object) -> str:
    """1234 as «1.234»; what is no number as it is."""
    return dutch_figure(value) if isinstance(value, int) else str(value)


@register.filter
def percent_of(count: object, limit: object) -> int:
    """How many percent of it, never more than is used; nothing where there is no limit."""
    return count * 100 // limit if isinstance(count, int) and isinstance(limit, int) and limit > 0 else 0


def is_fingerprint(client: str) -> bool:
    return bool(_FINGERPRINT.fullmatch(client))


def _is_address(client: str) -> bool:
    try:
        ip_address(client)
    except ValueError:
        return False
    return True
