"""One-time codes of demo people, as the app on their phone would show them."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import OneTimeCodeDevice
from accounts.policy.factors import STEP_SECONDS, TOLERANCE_STEPS, code_of_step, step_at
from vecozo_portal.demo.cast import Person
from vecozo_portal.demo.permission import listed_people
from vecozo_portal.demo.values import totp_key_of


@dataclass(frozen=True, slots=True)
class Shown:
    """What one app shows."""

    name: str
    user_number: str
    code: str


def codes_now() -> Iterator[Shown]:
    """Of everybody who has an app. Raises NoDemoHere."""
    for person in listed_people():
        code = code_now(person)
        if code:
            yield Shown(person.name, person.user_number, code)


def code_now(person: Person) -> str | None:
    """A code that is right now and was not used: whoever comes back within half a minute gets the next one."""
    key = totp_key_of(person)
    if key is None:
        return None
    now = step_at(timezone.now())
    used = OneTimeCodeDevice.objects.filter(user__user_number=person.user_number).values_list("last_step", flat=True)
    fresh = max(now, *(step + 1 for step in used), now)
    return code_of_step(key, min(fresh, now + TOLERANCE_STEPS))


def secret_in_text(person: Person) -> str | None:
    """The key as apps take it."""
    key = totp_key_of(person)
    return b32encode(key).decode().rstrip("=") if key else None


def seconds_left() -> int:
    """Until the apps show other codes."""
    return STEP_SECONDS - int(timezone.now().timestamp()) % STEP_SECONDS
