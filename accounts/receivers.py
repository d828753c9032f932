"""What the ground floor does when Django lets somebody in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from accounts.actors import somebody_at
from accounts.sessions import BEGUN, begun


def note_where_it_began(sender: object, *, request: HttpRequest, **_: Any) -> None:
    """The list of somebody's sessions shows it, and the absolute limit counts from it."""
    request.session[BEGUN] = begun(somebody_at(request), timezone.now())


def connect() -> None:
    user_logged_in.connect(note_where_it_began, dispatch_uid="accounts")
