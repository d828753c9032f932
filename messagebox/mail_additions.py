"""What higher floors add to mails when they leave, such as a signed link that nobody should find in the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from accounts.models import Account
from accounts.services import Parameters

# Gets a delivery's parameters, gives more names for the templates.
Addition = Callable[[Mapping[str, object]], Mapping[str, object]]

# Gets the template, whom the mail is about, its parameters and the moment; gives more parameters.
Preparation = Callable[[str, Account, Parameters, datetime], Parameters]

_added: list[Addition] = []
_prepared: list[Preparation] = []


def add_to_mails(addition: Addition) -> None:
    _added.append(addition)


def added_to(parameters: Mapping[str, object]) -> dict[str, object]:
    return {name: value for addition in _added for name, value in addition(parameters).items()}


def prepare_mails(preparation: Preparation) -> None:
    """Hear of every mail to an account as it is put in the outbox, in the transaction that caused it."""
    _prepared.append(preparation)


def prepared_for(
    template: str, to: Account, parameters: Parameters, at: datetime
) -> dict[str, str | int | bool | None]:
    return {name: value for prepare in _prepared for name, value in prepare(template, to, parameters, at).items()}
