"""The one mail that holds a user number: looked up as the mail leaves, so that no row of the outbox has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.conf import settings

from accounts.actors import inert
from accounts.queries import account_anywhere
from messagebox.mail_additions import add_to_mails
from messagebox.wording import VALUE_MAX_LENGTH

# The parameter of a delivery that names whose number it is about.
NUMBER_OF: Final = "number_of"


def connect() -> None:
    add_to_mails(_number)


def _number(parameters: Mapping[str, object]) -> dict[str, object]:
    public_id = parameters.get(NUMBER_OF)
    account = account_anywhere(UUID(str(public_id))) if public_id else None
    if account is None:
        return {}
    number = account.user_number
    return {
        "about_name": inert(account.name, VALUE_MAX_LENGTH),
        "user_number": " ".join((number[:4], number[4:8], number[8:12], number[12:])),
        "activation_days": settings.PORTAL_ACTIVATION_DAYS,
    }
