"""What higher floors say instead of the general words, where a refused sign-in comes from somebody who may know more.

`accounts` never learns what a block is. The floor that knows registers here, as it does for Support's admin in
`accounts.admin_kit.additions`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor


@dataclass(frozen=True, slots=True)
class Explanation:
    """`facts` are what its template knows."""

    template: str
    facts: object


Explain = Callable[[str, Actor, datetime], Explanation | None]

_explainers: list[Explain] = []


def explain_refusals(explain: Explain) -> None:
    """`explain` gets the user number as it was typed; None where the general words are all that may be said."""
    _explainers.append(explain)


def explanation_for(user_number: str, *, by: Actor, at: datetime) -> Explanation | None:
    found = (explain(user_number, by, at) for explain in _explainers)
    return next((explanation for explanation in found if explanation), None)
