"""Telling the gate's store what changed, and remembering what was told.

Several processes may push the same account at once: what is older is not written, neither there nor here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from gate import metrics
from gate.keys import AccountKeys
from gate.lua import script
from gate.policy import Projection
from gate.projection import payload
from gate.queries.projection import projections_of
from gate.queries.versions import KnownVersion, versions_of
from gate.store import Store

# So many accounts are read and written at a time.
BATCH: Final = 500


def push(account_ids: Iterable[int], store: Store) -> int:
    """Write these accounts' projections where the store knows them; how many were. Raises one of STORE_AWAY.

    An account that the store does not know is filled when it is asked about, so its projection is not built now.
    """
    return sum(push_versions(versions_of(batch), store) for batch in _batches(list(account_ids)))


def push_versions(versions: Sequence[KnownVersion], store: Store) -> int:
    """As `push`, for a batch whose versions were read already."""
    known = _known_to(store, versions)
    projections = projections_of(known)
    written = _put("push", projections, store)
    told = {each.account_id: each.version for each in versions}
    _remember(told | {each.account_id: each.version for each in projections})
    return written


def repair(found: Mapping[int, int], store: Store) -> int:
    """Write over the versions that were found in the store though PostgreSQL holds older ones; how many were.

    `found` has them by account. Where the store holds another one by now, it is left alone.
    """
    return _put("repair", projections_of(found), store, found)


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[first : first + BATCH] for first in range(0, len(ids), BATCH))


def _known_to(store: Store, versions: Iterable[KnownVersion]) -> list[int]:
    """Which of these the store knows. Of the others it keeps that they changed, so that no older fill gets in."""
    asked = list(versions)
    pipeline = store.pipeline(transaction=False)
    for each in asked:
        _add(pipeline, each.user_number, "known", each.version)
    answers = pipeline.execute()
    return [each.account_id for each, is_known in zip(asked, answers, strict=True) if is_known]


def _put(mode: str, projections: Iterable[Projection], store: Store, found: Mapping[int, int] | None = None) -> int:
    pipeline = store.pipeline(transaction=False)
    for each in projections:
        wrong = (found or {}).get(each.account_id, "")
        _add(pipeline, each.user_number, mode, each.version, wrong, payload(each))
    written: int = sum(pipeline.execute())
    metrics.pushed.inc(written)
    return written


def _add(pipeline: Any, user_number: str, mode: str, version: int, *more: str | int) -> None:
    keys = AccountKeys.of(user_number).for_projection
    # Not `eval`: that of a cluster's pipeline takes no arguments.
    pipeline.execute_command("EVAL", script("put"), len(keys), *keys, mode, version, *more)


# Rows that somebody is changing at this moment are skipped: they are behind again as soon as that is committed, and
# nobody waits for it here.
_REMEMBER = """
WITH told AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS told (id, version)),
free AS (
    SELECT account_id FROM accounts_accountversion WHERE account_id IN (SELECT id FROM told)
    ORDER BY account_id FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE accounts_accountversion AS known SET pushed = told.version
FROM told JOIN free ON free.account_id = told.id
WHERE known.account_id = told.id AND known.pushed < told.version
"""


def _remember(told: Mapping[int, int]) -> None:
    if told:
        with connection.cursor() as cursor:
            cursor.execute(_REMEMBER, [list(told), list(told.values())])
