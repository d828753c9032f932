"""The mark of a crossing stays whatever is pushed; only a lift that names the crossing takes it away."""

from __future__ import annotations

import pytest

from gate.policy import ServiceAccess
from tests.gate.scripts import InStore

CROSSING, ANOTHER = "c" * 32, "d" * 32


@pytest.fixture
def crossed(account: InStore) -> InStore:
    account.with_limits(("day", 0))
    assert account.ask(crossing=CROSSING) == ["crossed", "support"]
    return account


def lifting(crossing: str, limit: int = 5) -> dict[str, ServiceAccess]:
    return {"cov": ServiceAccess(limits=(("day", limit),), lifted_crossing=crossing)}


@pytest.mark.parametrize("mode", ["push", "fill", "repair"])
def test_no_writing_of_the_projection_erases_a_mark(crossed: InStore, mode: str) -> None:
    for services in ({"cov": ServiceAccess()}, lifting(ANOTHER)):
        assert crossed.become(services=services).put(mode)
        assert crossed.mark == CROSSING
        assert crossed.ask() == ["quota", "support"]


def test_a_lift_that_names_the_crossing_takes_it_away(crossed: InStore) -> None:
    crossed.but(services=lifting(CROSSING))
    assert crossed.mark is None
    assert crossed.passes()


def test_a_lift_of_an_older_version_takes_it_away_as_well(crossed: InStore) -> None:
    crossed.but(version=9)
    assert not crossed.become(version=8, services=lifting(CROSSING)).put("push")
    assert crossed.mark is None


def test_a_lift_of_the_first_crossing_leaves_the_mark_of_the_second(crossed: InStore) -> None:
    crossed.but(services=lifting(CROSSING, limit=0))
    assert crossed.ask(crossing=ANOTHER) == ["crossed", "support"]
    crossed.put("push")
    assert crossed.mark == ANOTHER


def test_flushing_the_projection_alone_leaves_the_mark(crossed: InStore) -> None:
    crossed.store.delete(crossed.keys.account)
    crossed.put()
    assert crossed.ask() == ["quota", "support"]
