"""What blocking adds to the answer of a refused sign-in on a known browser."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from accounts.refusal_additions import Explanation, explain_refusals
from blocking.queries.refused_sign_in import why_refused


def connect() -> None:
    explain_refusals(_explain)


def _explain(user_number: str, by: Actor, at: datetime) -> Explanation | None:
    why = why_refused(user_number, by=by, at=at)
    return Explanation("blocking/sign_in_explanation.html", why) if why else None
