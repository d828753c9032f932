"""What is promised within a second follows from the rhythm of the worker: at most half of it is spent on waiting.

The other half is for the work itself, which is measured by `make bench` (rows 6 and 13).
"""

from __future__ import annotations

import pytest

from gate.services.loops import PAUSE_AFTER_FAILURE_SECONDS, Loop
from gate.services.working import all_loops

# behaviour.md, section 7: a change in the portal is in force, and a crossing is a message, within so many seconds.
PROMISED_SECONDS = 1.0


def loop(name: str) -> Loop:
    (found,) = [each for each in all_loops() if each.name == name]
    return found


@pytest.mark.parametrize("name", ["sweep", "events"], ids=["a change nobody pushed", "a crossing"])
def test_nothing_waits_longer_than_half_of_it(name: str) -> None:
    assert 0 < loop(name).every <= PROMISED_SECONDS / 2


def test_neither_does_what_failed_once() -> None:
    assert 0 < PAUSE_AFTER_FAILURE_SECONDS <= PROMISED_SECONDS / 2


def test_the_journal_is_written_every_five_seconds() -> None:
    """So much usage may be forgotten with a store that loses everything."""
    assert loop("journal").every <= 5.0
