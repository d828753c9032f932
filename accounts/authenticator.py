"""The key of an app, as an app reads it: a QR code, and text to type."""

from __future__ import annotations

import io
from base64 import b32encode
from urllib.parse import quote, urlencode

import segno
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Account
from accounts.policy.factors import CODE_DIGITS, STEP_SECONDS

ISSUER = "Accountportaal"
GROUP = 4


def as_text(key: bytes) -> str:
    """In base 32 and groups of four, as apps take it."""
    text = b32encode(key).decode().rstrip("=")
    return " ".join(text[place : place + GROUP] for place in range(0, len(text), GROUP))


def address_of(key: bytes, account: Account) -> str:
    """The address that apps know (Key Uri Format). It names the person and never the user number."""
    label = quote(f"{ISSUER}:{account.name}")
    facts = {
        "secret": b32encode(key).decode().rstrip("="),
        "issuer": ISSUER,
        "algorithm": "SHA1",
        "digits": CODE_DIGITS,
        "period": STEP_SECONDS,
    }
    return f"otpauth://totp/{label}?{urlencode(facts)}"


def picture_of(key: bytes, account: Account) -> SafeString:
    """The same as a QR code in SVG, without any style or script of its own."""
    code = segno.make(address_of(key, account), error="m")
    drawn = io.BytesIO()
    code.save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=True,
        nl=False,
        omitsize=True,
        border=4,
        svgclass="vp-qr",
        lineclass=None,
        dark="#000",
        light="#fff",
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - drawn by segno from modules, no text in it
