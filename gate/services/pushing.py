"""Telling the gate's store what changed, and remembering what was told.

Several processes may push the same account at once: what is older is not written, neither there nor here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from gate import metrics
from gate.keys import AccountKeys
from gate.policy import Projection
from gate.projection import payload
from gate.queries.projection import projections_of
from gate.queries.versions import KnownVersion, versions_of
from gate.rounds import Command, Round
from gate.store import Store

# So many accounts are read and written at a time.
BATCH: Final = 500


def push(account_ids: Iterable[int], store: Store) -> int:
    """Write these accounts' projections where the store knows them; how many were. Raises one of STORE_AWAY at the end.

    An account that the store does not know is filled when it is asked about, so its projection is not built now.
    """
    with Round(store) as asked:
        return push_in(asked, account_ids)


def push_in(asked: Round, account_ids: Iterable[int]) -> int:
    """As `push`, in a round of which this is a part."""
    return sum(push_versions(versions_of(batch), asked) for batch in _batches(list(account_ids)))


def push_versions(versions: Sequence[KnownVersion], asked: Round) -> int:
    """As `push_in`, for a batch whose versions were read already. Only what the store answered to is remembered."""
    known = _known_to(asked, versions)
    told = {each.account_id: each.version for each in versions if each.account_id in known}
    projections = projections_of(account_id for account_id, is_known in known.items() if is_known)
    written = _put("push", projections, asked)
    for each in projections:
        if each.account_id in written:
            told[each.account_id] = each.version
        else:
            del told[each.account_id]
    _remember(told)
    return sum(written.values())


def repair(found: Mapping[int, int], store: Store) -> int:
    """Write over the versions that were found in the store though PostgreSQL holds older ones; how many were.

    `found` has them by account. Where the store holds another one by now, it is left alone.
    """
    with Round(store) as asked:
        return repair_in(asked, found)


def repair_in(asked: Round, found: Mapping[int, int]) -> int:
    """As `repair`, in a round of which this is a part."""
    return sum(_put("repair", projections_of(found), asked, found).values())


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[first : first + BATCH] for first in range(0, len(ids), BATCH))


def _known_to(asked: Round, versions: Sequence[KnownVersion]) -> dict[int, int]:
    """Whether the store knows these: 1 or 0, by account; of those whose part of it answered.

    Of the others it keeps that they changed, so that no older fill gets in.
    """
    answers = asked.ask([_command(each.user_number, "known", each.version) for each in versions])
    return _answered([each.account_id for each in versions], answers)


def _put(
    mode: str, projections: Sequence[Projection], asked: Round, found: Mapping[int, int] | None = None
) -> dict[int, int]:
    """1 where it was written and 0 where not, by account; of those whose part of the store answered."""
    wrong = found or {}
    commands = [
        _command(each.user_number, mode, each.version, wrong.get(each.account_id, ""), payload(each))
        for each in projections
    ]
    written = _answered([each.account_id for each in projections], asked.ask(commands))
    metrics.pushed.inc(sum(written.values()))
    return written


def _answered(account_ids: Iterable[int], answers: Iterable[Any]) -> dict[int, int]:
    return {
        account_id: answer
        for account_id, answer in zip(account_ids, answers, strict=True)
        if not isinstance(answer, Exception)
    }


def _command(user_number: str, mode: str, version: int, *more: str | int) -> Command:
    return Command.running("put", AccountKeys.of(user_number).for_projection, mode, version, *more)


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
