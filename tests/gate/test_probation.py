"""After a lift Support allows so many queries past the quota until a moment; then the block opens anew."""

from __future__ import annotations

from gate.policy import Allowance, ServiceAccess
from tests.gate.scripts import InStore


def past_the_quota(account: InStore, queries: int, valid_until: int) -> InStore:
    """An account that used up its day, with an allowance."""
    account.with_allowance(queries, valid_until, ("day", 1))
    account.passes()
    return account


def test_each_query_past_the_quota_takes_one_and_is_journalled(account: InStore) -> None:
    past_the_quota(account, 2, account.now() + 600)
    assert [account.ask()[0] for _ in range(4)] == ["ok", "ok", "crossed", "quota"]
    assert account.store.hget(account.keys.meters, "a:5") == "2"
    assert account.journal()["a|5"] == 2
    assert account.count("day")[1] == 3  # type: ignore[index]


def test_a_query_within_the_quota_takes_none(account: InStore) -> None:
    account.with_allowance(2, account.now() + 600, ("day", 3))
    assert account.passes()
    assert account.store.hget(account.keys.meters, "a:5") is None


def test_after_its_moment_an_allowance_is_none(account: InStore) -> None:
    past_the_quota(account, 2, account.now())
    assert account.ask() == ["crossed", "support"]


def test_nothing_is_left_when_an_allowance_is_used_up(account: InStore) -> None:
    past_the_quota(account, 1, account.now() + 600)
    said, _, left, _ = account.ask()
    assert (said, left) == ("ok", 0)


def test_a_new_allowance_has_its_own_count(account: InStore) -> None:
    past_the_quota(account, 1, account.now() + 600)
    assert account.passes()
    new = ServiceAccess(limits=(("day", 1),), allowance=Allowance(6, 1, account.now() + 600))
    account.but(services={"cov": new})
    assert [account.ask()[0] for _ in range(2)] == ["ok", "crossed"]


def test_what_was_spent_before_the_store_was_emptied_stays_spent(account: InStore) -> None:
    account.but(services={"cov": ServiceAccess((("day", 0),), allowance=Allowance(5, 3, account.now() + 600, used=2))})
    assert [account.ask()[0] for _ in range(2)] == ["ok", "crossed"]
