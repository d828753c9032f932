"""Templates and parameters put into words: moments as moments, and nothing from outside that can act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from accounts.actors import inert

VALUE_MAX_LENGTH = 500
SUBJECT_MAX_LENGTH = 150


def values_of(parameters: Mapping[str, object]) -> dict[str, object]:
    """Stored parameters as a template wants them: `_at` as aware moments, texts inert."""
    return {name: _value(name, stored) for name, stored in parameters.items()}


def support_route() -> dict[str, object]:
    """How to reach Support, and where the portal is: in every message and mail."""
    return {
        "support_phone": settings.PORTAL_SUPPORT_PHONE,
        "support_email": settings.PORTAL_SUPPORT_EMAIL,
        "portal_url": settings.PORTAL_PUBLIC_URL,
    }


def one_line(template: str, context: Mapping[str, object]) -> str:
    """Plain text on one line, for subjects: no line break can start a header of its own."""
    return inert(" ".join(_rendered(template, context, is_html=False).split()), SUBJECT_MAX_LENGTH)


def plain_text(template: str, context: Mapping[str, object]) -> str:
    """Plain text, unescaped, with at most one blank line between paragraphs."""
    lines = _inert_lines(_rendered(template, context, is_html=False))
    return "\n".join(line for i, line in enumerate(lines) if line or (i and lines[i - 1])).strip() + "\n"


def html(template: str, context: Mapping[str, object]) -> SafeString:
    """Escaped HTML without control and direction characters."""
    return mark_safe("\n".join(_inert_lines(_rendered(template, context, is_html=True))))  # noqa: S308 - was escaped


def _rendered(template: str, context: Mapping[str, object], *, is_html: bool) -> str:
    return Engine.get_default().get_template(template).render(Context(dict(context), autoescape=is_html))


def _inert_lines(text: str) -> list[str]:
    return [inert(line, len(line)).rstrip() for line in text.splitlines()]


def _value(name: str, stored: object) -> object:
    if not isinstance(stored, str):
        return stored
    return datetime.fromisoformat(stored) if name.endswith("_at") else inert(stored, VALUE_MAX_LENGTH)
