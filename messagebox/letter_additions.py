"""What higher floors add to a message: below it, such as a button that asks Support to lift the block it is about, and
in it, how that stands by now.

The box never learns what a block is. The floor that knows registers here, by kind of message, as it does for Support's
admin in `accounts.admin_kit.additions`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.decorators import ContactPersonRequest
from messagebox.models import Message


@dataclass(frozen=True, slots=True)
class Addition:
    """`look` is asked when somebody reads the message; what it finds is `facts` in the template, None shows nothing."""

    template: str
    look: Callable[[ContactPersonRequest, Message], object | None]


@dataclass(frozen=True, slots=True)
class Below:
    template: str
    facts: object


# What became of what a message is about: asked when somebody reads it, so that no advice is given that is over.
Standing = Callable[[Message], dict[str, object]]
_standings: dict[str, Standing] = {}


def add_standing(kind: str, look: Standing) -> None:
    _standings[kind] = look


def standing_of(message: Message) -> dict[str, object]:
    """What the template of this message is told besides what was written down when it was posted."""
    look = _standings.get(message.kind)
    return look(message) if look else {}


_added: dict[str, Addition] = {}


def add_below(kind: str, addition: Addition) -> None:
    _added[kind] = addition


def below(request: ContactPersonRequest, message: Message) -> Below | None:
    addition = _added.get(message.kind)
    facts = addition.look(request, message) if addition else None
    return Below(addition.template, facts) if addition and facts is not None else None
