"""Pushing what nobody pushed: changes whose process died or missed the store, or that no service announced."""

from __future__ import annotations

from gate.queries.versions import versions_behind
from gate.rounds import Round
from gate.services.pushing import BATCH, push_versions
from gate.store import Store


def sweep(store: Store) -> int:
    """Push every account that is behind, in batches; how many there were. Raises one of STORE_AWAY at the end.

    In one walk, so that an account that changes all the time keeps nobody waiting, and neither does one whose part of
    the store is away.
    """
    swept = after = 0
    with Round(store) as asked:
        while behind := versions_behind(after=after, at_most=BATCH):
            push_versions(behind, asked)
            swept += len(behind)
            after = behind[-1].account_id
    return swept
