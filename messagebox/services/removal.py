"""Telling that an account is removed, put back, or gone: the rightful user by mail, the contact persons by message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from accounts.actors import Actor
from accounts.choices import RemovalStep
from accounts.models import Account
from messagebox.models import Delivery
from messagebox.services.outbox import queue_mail
from messagebox.services.posting import post_message

MAILS: Final[Mapping[RemovalStep, str]] = {
    RemovalStep.ASKED: "removal_asked",
    RemovalStep.UNDONE: "removal_undone",
    RemovalStep.FINAL: "removal_final",
}


def tell_of_removal(account: Account, *, step: RemovalStep, by: Actor, at: datetime) -> None:
    """In the caller's transaction. What still waited for somebody who is gone never leaves, but this does.

    Who ends an unused account tells of it in words of its own.
    """
    if step.is_the_end:
        Delivery.objects.waiting().filter(to_account=account).delete()
    if step == RemovalStep.UNUSED:
        return
    facts = _facts(account, by=by, at=at)
    if account.email:
        queue_mail(MAILS[step], to=account, parameters=facts, at=at)
    if account.organisation:
        kind = f"accounts:{MAILS[step]}"
        facts |= {"by_name": by.account.name} if by.account and not by.account.is_staff else {}
        post_message(account.organisation, kind=kind, parameters=facts, about=account, by=by, at=at)


def _facts(account: Account, *, by: Actor, at: datetime) -> dict[str, str | int | bool | None]:
    final_at = account.removal_final_at
    return {
        "changed_at": at.isoformat(),
        "by_support": bool(by.account and by.account.is_staff),
        "is_system": account.is_system,
        **({"until_at": final_at.isoformat()} if final_at else {}),
    }
