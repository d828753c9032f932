"""Reserve, then verify: taking one of the five, and settling what was taken.

Locks are always taken in the order budget, tally, block. Every statement is conditional, so that of
any number of parallel entries exactly `limit` find a row; nothing is read first and written later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from accounts.actors import Actor
from accounts.choices import Secret
from accounts.models import Account
from blocking.choices import Door

DECOYS = 64

SqlValue = int | str | datetime | None

_RESERVE = """
WITH budget AS (
    INSERT INTO blocking_budget AS b
        (account_id, secret, browser_class, generation, taken, wrong)
    VALUES (%(account)s, %(secret)s, %(browser_class)s, 1, 1, 0)
    ON CONFLICT (account_id, secret, browser_class)
    DO UPDATE SET taken = b.taken + 1 WHERE b.taken < %(limit)s
    RETURNING id, generation
), tally AS (
    INSERT INTO blocking_tally AS t (account_id, secret, generation, taken, wrong)
    SELECT %(account)s, %(secret)s, 1, 1, 0 FROM budget
    ON CONFLICT (account_id, secret)
    DO UPDATE SET taken = t.taken + 1 WHERE t.taken < %(cap)s
    RETURNING generation
), attempt AS (
    INSERT INTO blocking_attempt
        (budget_id, generation, tally_generation, door, taken_at, outcome, source_address, user_agent)
    SELECT budget.id, budget.generation, tally.generation, %(door)s, %(at)s, '',
           %(source_address)s::inet, %(user_agent)s
    FROM budget, tally
    RETURNING id
)
SELECT (SELECT id FROM attempt), EXISTS (SELECT FROM budget)
"""

_SETTLE_WRONG = """
WITH settled AS (
    UPDATE blocking_attempt SET settled_at = %(at)s, outcome = 'wrong'
    WHERE id = %(attempt)s AND settled_at IS NULL
    RETURNING budget_id, generation, tally_generation
), budget AS (
    UPDATE blocking_budget b SET wrong = b.wrong + 1 FROM settled
    WHERE b.id = settled.budget_id AND b.generation = settled.generation
    RETURNING b.wrong
), tally AS (
    UPDATE blocking_tally t SET wrong = t.wrong + 1
    FROM settled, (SELECT count(*) FROM budget) AS after_budget
    WHERE t.account_id = %(account)s AND t.secret = %(secret)s
      AND t.generation = settled.tally_generation
    RETURNING t.wrong
)
SELECT (SELECT wrong FROM budget), (SELECT wrong FROM tally)
"""

_GIVE_BACK = """
WITH settled AS (
    UPDATE blocking_attempt SET settled_at = %(at)s, outcome = 'right'
    WHERE id = %(attempt)s AND settled_at IS NULL
    RETURNING budget_id, generation, tally_generation
), budget AS (
    UPDATE blocking_budget b SET taken = b.taken - 1 FROM settled
    WHERE b.id = settled.budget_id AND b.generation = settled.generation
    RETURNING b.id
)
UPDATE blocking_tally t SET taken = t.taken - 1
FROM settled, (SELECT count(*) FROM budget) AS after_budget
WHERE t.account_id = %(account)s AND t.secret = %(secret)s
  AND t.generation = settled.tally_generation
"""

_LOCK_BUDGETS = """
SELECT id FROM blocking_budget
WHERE account_id = %(account)s AND secret = %(secret)s ORDER BY id FOR UPDATE
"""

# An attempt that is being settled at this very moment is skipped: its answer is coming. Where nothing
# lapses the counts as they stand are returned: they may have reached a limit that was lowered since.
_LAPSE = """
WITH locked AS MATERIALIZED (
    SELECT id, browser_class, wrong FROM blocking_budget
    WHERE account_id = %(account)s AND secret = %(secret)s ORDER BY id FOR UPDATE
), lapsed AS (
    UPDATE blocking_attempt SET settled_at = %(at)s, outcome = 'lapsed'
    WHERE id IN (
        SELECT a.id FROM blocking_attempt a JOIN locked ON locked.id = a.budget_id
        WHERE a.settled_at IS NULL AND a.taken_at <= %(taken_before)s
        FOR UPDATE OF a SKIP LOCKED
    )
    RETURNING budget_id, generation, tally_generation
), budget AS (
    UPDATE blocking_budget b SET wrong = b.wrong + per.n
    FROM (SELECT budget_id, generation, count(*) AS n FROM lapsed GROUP BY 1, 2) AS per
    WHERE b.id = per.budget_id AND b.generation = per.generation
    RETURNING b.browser_class, b.wrong
), tally AS (
    UPDATE blocking_tally t SET wrong = t.wrong + per.n
    FROM (SELECT tally_generation, count(*) AS n FROM lapsed GROUP BY 1) AS per,
         (SELECT count(*) FROM budget) AS after_budget
    WHERE t.account_id = %(account)s AND t.secret = %(secret)s
      AND t.generation = per.tally_generation
    RETURNING t.wrong
)
SELECT COALESCE(
           (SELECT wrong FROM budget WHERE browser_class = %(browser_class)s),
           (SELECT wrong FROM locked WHERE browser_class = %(browser_class)s)
       ),
       COALESCE(
           (SELECT wrong FROM tally),
           (SELECT wrong FROM blocking_tally WHERE account_id = %(account)s AND secret = %(secret)s)
       )
"""

_FRESH_BUDGETS = """
UPDATE blocking_budget b SET generation = b.generation + 1, taken = 0, wrong = 0
FROM (
    SELECT id FROM blocking_budget
    WHERE account_id = %(account)s AND secret = %(secret)s
      AND (%(browser_class)s::text IS NULL OR browser_class = %(browser_class)s)
    ORDER BY id FOR UPDATE
) AS locked
WHERE b.id = locked.id
"""

_FRESH_TALLY = """
UPDATE blocking_tally SET generation = generation + 1, taken = 0, wrong = 0, voided_at = NULL
WHERE account_id = %(account)s AND secret = %(secret)s
"""


# At most DECOYS rows ever exist, whatever strangers type.
_DECOY = """
INSERT INTO blocking_decoy AS d (id, writes) VALUES (%s, 1)
ON CONFLICT (id) DO UPDATE SET writes = d.writes + 1
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody typing a secret: whose, which, at which door, from what class of browser."""

    account: Account
    secret: Secret
    browser_class: str
    door: Door
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """What stands after a wrong entry. None where the count had moved on in the meantime."""

    wrong: int | None
    wrong_since_set: int | None


def reserve(entry: Entry) -> int | None:
    """Take one of the attempts left and return its id, or None where none is left.

    Committed on return whatever the caller is in the middle of: call it outside `atomic`.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_RESERVE, _parameters(entry))
        row: tuple[int | None, bool] = cursor.fetchone()
        attempt, was_taken_from = row
        if was_taken_from and attempt is None:
            # The tally had none left: give the budget back what was taken from it.
            transaction.set_rollback(True)
    return attempt


def settle_wrong(attempt: int, entry: Entry) -> Count:
    """Count a verified wrong entry. In the caller's transaction, which also opens the block."""
    return _count(_SETTLE_WRONG, _parameters(entry) | {"attempt": attempt})


def give_back(attempt: int, entry: Entry) -> None:
    """Give back the attempt that a right entry took; counts are not reset by this."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, _parameters(entry) | {"attempt": attempt})


def lapse_unsettled(entry: Entry) -> Count:
    """Count attempts that were never settled (a crash) as wrong, once they are too old to come."""
    timeout = timedelta(seconds=settings.PORTAL_ATTEMPT_TIMEOUT_SECONDS)
    return _count(_LAPSE, _parameters(entry) | {"taken_before": entry.at - timeout})


def lock_budgets(account: Account, secret: Secret) -> None:
    """Hold off every entry on this secret until the end of the transaction; taken before a block."""
    _write(_LOCK_BUDGETS, account, secret, None)


def start_afresh(account: Account, secret: Secret, *, browser_class: str | None = None) -> None:
    """Five fresh attempts: for one class of browser after a right entry, for all after a lift."""
    _write(_FRESH_BUDGETS, account, secret, browser_class)


def start_new_tally(account: Account, secret: Secret) -> None:
    """Begin the cumulative count anew: the secret itself has been replaced."""
    lock_budgets(account, secret)  # before the tally, as everywhere
    _write(_FRESH_TALLY, account, secret, None)


def write_to_decoy(number: int) -> None:
    """Cost what a write to somebody's count costs, for an entry that counts for nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_DECOY, [number % DECOYS + 1])


def _write(statement: str, account: Account, secret: Secret, browser_class: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {"account": account.pk, "secret": secret, "browser_class": browser_class},
        )


def _count(statement: str, parameters: Mapping[str, SqlValue]) -> Count:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return Count(*cursor.fetchone())


def _parameters(entry: Entry) -> dict[str, SqlValue]:
    return {
        "account": entry.account.pk,
        "secret": entry.secret,
        "browser_class": entry.browser_class,
        "door": entry.door,
        "at": entry.at,
        "source_address": entry.by.source_address,
        "user_agent": entry.by.user_agent,
        "limit": settings.PORTAL_FAILURE_LIMIT,
        "cap": settings.PORTAL_CUMULATIVE_CAP,
    }
