"""What the post does when it hears the ground floor's signals."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from accounts.actors import Actor
from accounts.choices import FactorChange, Means, RemovalStep, Secret
from accounts.models import Account
from accounts.signals import account_removal, factor_changed, secret_replaced
from messagebox.choices import SecretEnd
from messagebox.services import erase_secrets_about, queue_mail, tell_of_removal

TEMPLATES: Final = {
    FactorChange.ADDED: "factor_added",
    FactorChange.REPLACED: "factor_added",
    FactorChange.REMOVED: "factor_removed",
    FactorChange.RESET: "factor_removed",
    FactorChange.USED: "recovery_code_used",
    FactorChange.RENEWED: "recovery_codes_renewed",
}


def tell_of_factor(
    sender: object, *, account: Account, change: FactorChange, means: Means | None, left: int, at: datetime, **_: Any
) -> None:
    """The rightful user, by e-mail: whoever did it, they should know."""
    if account.email:
        parameters: dict[str, str | int] = {"change": change.value, "means": means.value if means else "", "left": left}
        queue_mail(TEMPLATES[change], to=account, parameters=parameters | {"changed_at": at.isoformat()}, at=at)


def tell_about_removal(
    sender: object, *, account: Account, step: RemovalStep, by: Actor, at: datetime, **_: Any
) -> None:
    tell_of_removal(account, step=step, by=by, at=at)
    if step.is_the_end:
        erase_secrets_about(account, end=SecretEnd.REMOVED, by=by, at=at)


def erase_replaced_pin(sender: object, *, account: Account, secret: Secret, by: Actor, at: datetime, **_: Any) -> None:
    """Nobody reads a PIN that no longer works."""
    if secret == Secret.PIN:
        erase_secrets_about(account, end=SecretEnd.REPLACED, by=by, at=at)


def connect() -> None:
    secret_replaced.connect(erase_replaced_pin, dispatch_uid="messagebox")
    account_removal.connect(tell_about_removal, dispatch_uid="messagebox")
    factor_changed.connect(tell_of_factor, dispatch_uid="messagebox")
