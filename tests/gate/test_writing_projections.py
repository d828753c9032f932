"""put.lua: newer stays, a push fills nothing, a repair is right in any case, and meters never go back."""

from __future__ import annotations

from gate.policy import LiftedBy, Reason, Refusal
from gate.projection import Meter
from tests.gate.scripts import DAY, InStore

BLOCKED = Refusal(Reason.SUPPORT, LiftedBy.SUPPORT)


def write(account: InStore, mode: str, version: int, refusal: Refusal | None = None) -> bool:
    return account.become(version=version, refusal=refusal).put(mode)


def test_a_push_of_an_account_nobody_asked_about_writes_nothing(account: InStore) -> None:
    account.store.delete(account.keys.account)
    assert not write(account, "push", 8)
    assert account.ask()[0] == "miss"


def test_a_push_that_comes_late_does_not_undo_a_newer_one(account: InStore) -> None:
    assert write(account, "push", 9, BLOCKED)
    assert not write(account, "push", 8)
    assert not write(account, "fill", 8)
    assert account.ask()[0] == "support"


def test_a_repair_writes_over_the_version_that_was_found_and_no_other(account: InStore) -> None:
    assert write(account, "push", 9, BLOCKED)
    assert not account.become(version=8, refusal=None).put("repair", run="10")
    assert account.ask()[0] == "support"
    assert account.put("repair", run="9")
    assert account.passes()


def test_a_fill_with_what_was_read_before_a_push_is_refused(account: InStore) -> None:
    account.store.delete(account.keys.account)
    assert not write(account, "push", 9, BLOCKED)
    assert not write(account, "fill", 8)
    assert write(account, "fill", 9, BLOCKED)
    assert account.ask()[0] == "support"


def test_a_push_to_what_an_earlier_start_of_the_store_knew_makes_it_no_answer(account: InStore) -> None:
    assert write(account, "push", 8)
    assert account.ask(run="the-next-run")[0] == "miss"


def test_a_fill_after_a_new_start_makes_it_an_answer_again(account: InStore) -> None:
    assert write(account, "push", 8)
    assert account.put(run="the-next-run")
    assert account.passes(run="the-next-run")


def test_what_an_account_no_longer_has_is_gone(account: InStore) -> None:
    account.but(version=8, services={})
    assert account.ask() == ["unauthorised", "contact_person"]


def test_meters_go_on_from_the_journal_and_never_back(account: InStore) -> None:
    account.with_limits(("day", 10))
    today = account.midnights()[1]
    account.counted("day", today, 4)
    account.put(meters=[Meter("cov", "day", today, 3)])
    assert account.count("day") == (today, 4)
    account.put(meters=[Meter("cov", "day", today, 6)])
    assert account.count("day") == (today, 6)
    account.put(meters=[Meter("cov", "day", today - DAY, 9)])
    assert account.count("day") == (today, 6)
