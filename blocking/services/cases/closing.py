"""The end of a case, whatever it is."""

from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from blocking.choices import CaseState
from blocking.models import Block, SupportCase
from blocking.services.cases.records import record_on

OVERTAKEN = "De blokkade is op een andere manier opgeheven."


def close(case: SupportCase, state: CaseState, *, by: Actor, at: datetime, note: str) -> None:
    """In the caller's transaction, the case locked; what follows from the decision is the caller's."""
    case.state, case.handled_at, case.handled_by, case.decision_note = state, at, by.account, note
    case.save(update_fields=["state", "handled_at", "handled_by", "decision_note", "states_absence"])


def withdraw_overtaken(block: Block, *, by: Actor, at: datetime, decided: SupportCase | None) -> None:
    """Nobody need handle a case whose block was lifted in another way. In the transaction of the lift, block locked."""
    overtaken = SupportCase.objects.open().filter(block=block).select_for_update(of=("self",), no_key=True)
    for case in overtaken.exclude(pk__in=[decided.pk] if decided else []).select_related("account__organisation"):
        close(case, CaseState.WITHDRAWN, by=by, at=at, note=OVERTAKEN)
        record_on(case, "account:case:withdrawn", by=by, at=at, note=OVERTAKEN)
