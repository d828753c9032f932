"""Comparing the store with PostgreSQL, account by account, and repairing what differs."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from gate import metrics
from gate.keys import AccountKeys
from gate.queries.versions import KnownVersion, versions_from, versions_of
from gate.rounds import Command, PartlyAway, Round
from gate.services.marks import bring_back_crossings
from gate.services.pushing import push_in, repair_in
from gate.store import Store

logger = logging.getLogger(__name__)

# So many accounts are compared at a time: a few milliseconds of each server, and a million without a pause in service.
SLICE: Final = 1000


class Reconciliation:
    """A walk past all accounts, a slice at each turn.

    Found older than PostgreSQL: a push that was told and got lost, in a store that lost what it had written. Found
    newer: PostgreSQL was put back from a copy. Either is repaired and reported, and so is a mark without a crossing.
    """

    def __init__(self) -> None:
        self._after = 0
        self._found: Counter[str] = Counter()

    def go_on(self, store: Store) -> bool:
        """Compare the next slice; is there more? Raises one of STORE_AWAY.

        Where a part of the store is away the walk goes on beyond what could not be compared, which the next walk does.
        """
        accounts = versions_from(after=self._after, at_most=SLICE)
        try:
            self._found.update(reconcile(accounts, store))
        except PartlyAway:
            self._after = accounts[-1].account_id if len(accounts) == SLICE else 0
            raise
        if len(accounts) == SLICE:
            self._after = accounts[-1].account_id
            return True
        self._report()
        self._after = 0
        self._found.clear()
        return False

    def _report(self) -> None:
        if self._found.total():
            counts = ", ".join(f"{number} {found}" for found, number in sorted(self._found.items()))
            logger.warning("The gate's store differed from PostgreSQL and was repaired: %s.", counts)


def reconcile(accounts: Sequence[KnownVersion], store: Store) -> Counter[str]:
    """Repair those of which the store holds another version, and marks without a crossing; how many of each."""
    with Round(store) as asked:
        return _repaired(accounts, asked)


def _repaired(accounts: Sequence[KnownVersion], asked: Round) -> Counter[str]:
    held = _held(accounts, asked)
    here = [each for each in accounts if each.account_id in held]
    # What is behind is being told at this moment, by whoever changed it or by the sweep.
    older = [each.account_id for each in here if held[each.account_id] < each.version and not each.is_behind]
    newer = _still_newer(
        {each.account_id: held[each.account_id] for each in here if held[each.account_id] > each.version}
    )
    found = Counter(older=push_in(asked, older), newer=repair_in(asked, newer))
    # Once the store knows of every lift: the mark of a crossing that was lifted is gone by now.
    if marks := bring_back_crossings(accounts, asked):
        found["marks"] = marks
    for name, number in found.items():
        metrics.reconciled.labels(found=name).inc(number)
    return found


def _held(accounts: Sequence[KnownVersion], asked: Round) -> dict[int, int]:
    """The versions that the store holds, of the accounts that it knows."""
    keys = [AccountKeys.of(each.user_number).account for each in accounts]
    answers = asked.ask([Command(key, ("HGET", key, "v")) for key in keys])
    return {
        each.account_id: int(version)
        for each, version in zip(accounts, answers, strict=True)
        if isinstance(version, str) and version.isdigit()
    }


def _still_newer(held: Mapping[int, int]) -> dict[int, int]:
    """A push may have come between reading PostgreSQL and reading the store; so PostgreSQL is read once more."""
    return {
        each.account_id: held[each.account_id] for each in versions_of(held) if held[each.account_id] > each.version
    }
