"""What higher floors add to mails when they leave, such as a signed link that nobody should find in the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping

# Gets a delivery's parameters, gives more names for the templates.
Addition = Callable[[Mapping[str, object]], Mapping[str, object]]

_added: list[Addition] = []


def add_to_mails(addition: Addition) -> None:
    _added.append(addition)


def added_to(parameters: Mapping[str, object]) -> dict[str, object]:
    return {name: value for addition in _added for name, value in addition(parameters).items()}
