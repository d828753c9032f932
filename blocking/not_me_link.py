"""The signed link «dit was ik niet» of a mail: made when the mail leaves, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts import links
from blocking.policy import DENIABLE_FOR
from messagebox.mail_additions import add_to_mails

# The parameter of a delivery that names the notice.
NOTICE: Final = "notice"
PURPOSE: Final = "blocking.not_me"


def token_of(public_id: UUID | str) -> str:
    return links.token_of(public_id, PURPOSE)


def notice_named(token: str) -> UUID | None:
    """None for what the portal did not sign."""
    return links.public_id_in(token, PURPOSE)


def connect() -> None:
    add_to_mails(_link)


def _link(parameters: Mapping[str, object]) -> dict[str, object]:
    notice = parameters.get(NOTICE)
    if not notice:
        return {}
    path = reverse("not-me", args=[token_of(str(notice))])
    return {"not_me_url": f"{settings.PORTAL_PUBLIC_URL}{path}", "not_me_days": DENIABLE_FOR.days}
