"""Where a certificate stands, and what may be done with it, at each moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from certificates.choices import CertificateState, Standing
from certificates.policy import (
    INSTALLED_AGAIN_AFTER_END,
    READY_FOR,
    RENEWABLE_BEFORE_END,
    VALIDITY,
    Dates,
    is_ready_at,
    may_install,
    reminder_due,
    standing_of,
)

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
END = BEGIN + VALIDITY
A_SECOND = timedelta(seconds=1)


def standing(at, state=CertificateState.INSTALLED, *, is_held=False):
    return standing_of(Dates(state, BEGIN, END), at=at, is_held=is_held)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (BEGIN - A_SECOND, Standing.NOT_YET),
        (BEGIN, Standing.INSTALLED),
        (END - RENEWABLE_BEFORE_END - A_SECOND, Standing.INSTALLED),
        (END - RENEWABLE_BEFORE_END, Standing.RENEWABLE),
        (END - A_SECOND, Standing.RENEWABLE),
        (END, Standing.EXPIRED),
        (END + INSTALLED_AGAIN_AFTER_END - A_SECOND, Standing.EXPIRED),
        (END + INSTALLED_AGAIN_AFTER_END, Standing.LAPSED),
    ],
)
def test_it_goes_from_state_to_state_at_its_moments(at, expected):
    assert standing(at) == expected
    assert standing(at, CertificateState.REVOKED) == Standing.REVOKED


def test_the_figures_are_those_of_the_page():
    assert (VALIDITY.days, RENEWABLE_BEFORE_END.days, INSTALLED_AGAIN_AFTER_END.days) == (730, 30, 20)
    assert READY_FOR.days == 60


@pytest.mark.parametrize("at", [BEGIN, END - A_SECOND])
def test_it_is_held_while_support_blocks_and_it_is_valid(at):
    assert standing(at, is_held=True) == Standing.HELD


def test_what_is_over_or_revoked_is_not_held():
    assert standing(END, is_held=True) == Standing.EXPIRED
    assert standing(BEGIN, CertificateState.REVOKED, is_held=True) == Standing.REVOKED


@pytest.mark.parametrize("newest", [None, *Standing])
def test_what_stands_ready_may_always_be_installed(newest):
    assert may_install(is_ready=True, newest=newest)


@pytest.mark.parametrize("newest", [None, *Standing])
def test_otherwise_only_what_is_renewed_or_just_expired(newest):
    assert may_install(is_ready=False, newest=newest) == (newest in {Standing.RENEWABLE, Standing.EXPIRED})


def test_what_stands_ready_does_so_for_sixty_days():
    assert is_ready_at(BEGIN, at=BEGIN + READY_FOR - A_SECOND)
    assert not is_ready_at(BEGIN, at=BEGIN + READY_FOR)


@pytest.mark.parametrize(
    ("before", "due"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, None), (-1, None)],
)
def test_the_reminder_of_a_moment_is_the_shortest_that_was_reached(before, due):
    assert reminder_due(END, at=END - timedelta(days=before)) == due
