"""An answer that comes after a reset, a lift or a new secret belongs to a round that is over, and changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Secret
from blocking.choices import Door
from blocking.models import Budget, Tally
from blocking.models.counting import STRANGERS
from blocking.services import counting
from blocking.services.counting import Entry
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(anna):
    return Entry(anna, Secret.PASSWORD, STRANGERS, Door.SIGN_IN, by(), timezone.now())


def taken(entry: Entry, number: int) -> list[int]:
    attempts = [attempt for _ in range(number) if (attempt := counting.reserve(entry)) is not None]
    assert len(attempts) == number
    return attempts


@pytest.fixture
def of_an_earlier_round(entry):
    """Two attempts on their way, taken a minute ago, when five fresh ones were given and the secret was replaced."""
    late = taken(replace(entry, at=entry.at - timedelta(minutes=1)), 2)
    counting.start_afresh(entry.account, entry.secret)
    counting.start_new_tally(entry.account, entry.secret)
    return late


@pytest.fixture
def of_this_round(of_an_earlier_round, entry):
    """Three more of this round: one wrong, two on their way."""
    attempts = taken(entry, 3)
    counting.settle_wrong(attempts[0], entry)
    return attempts


def counts():
    budget, tally = Budget.objects.get(), Tally.objects.get()
    return [(count.taken, count.wrong) for count in (budget, tally)]


def test_a_late_wrong_answer_counts_nowhere(of_an_earlier_round, of_this_round, entry):
    found = counting.settle_wrong(of_an_earlier_round[0], entry)
    assert counts() == [(3, 1), (3, 1)]
    assert (found.wrong, found.wrong_since_set) == (None, None)


def test_a_late_right_answer_gives_back_nothing(of_an_earlier_round, of_this_round, entry):
    counting.give_back(of_an_earlier_round[0], entry)
    assert counts() == [(3, 1), (3, 1)]


def test_attempts_of_an_earlier_round_lapse_without_counting(of_an_earlier_round, of_this_round, entry, settings):
    settings.PORTAL_ATTEMPT_TIMEOUT_SECONDS = 30
    found = counting.lapse_unsettled(entry)
    assert counts() == [(3, 1), (3, 1)]
    assert (found.wrong, found.wrong_since_set) == (1, 1)


def test_those_of_this_round_do_count(of_this_round, entry, settings):
    counting.settle_wrong(of_this_round[1], entry)
    assert counts() == [(3, 2), (3, 2)]
    settings.PORTAL_ATTEMPT_TIMEOUT_SECONDS = 30
    counting.lapse_unsettled(replace(entry, at=entry.at + timedelta(minutes=1)))
    assert counts() == [(3, 3), (3, 3)]


def test_a_wrong_answer_of_before_a_lift_still_counts_for_the_cap(entry):
    """Lifting gives five fresh attempts; what was guessed since the secret was set stays guessed."""
    (late,) = taken(entry, 1)
    counting.start_afresh(entry.account, entry.secret)
    counting.settle_wrong(late, entry)
    assert counts() == [(0, 0), (1, 1)]
