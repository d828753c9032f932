"""Who is refused hears the first reason that holds, in the order of the rules; a refused query never counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.choices import AccountKind
from gate.policy import LiftedBy, Reason, Refusal, ServiceAccess
from tests.gate.scripts import InStore

CERTIFICATE = "ab" * 32
ELSEWHERE = "203.0.113.7"


def unknown_certificate(account: InStore, asked: dict[str, Any]) -> None:
    asked["fingerprint"] = CERTIFICATE


def unregistered_address(account: InStore, asked: dict[str, Any]) -> None:
    asked["address"] = ELSEWHERE


def standing(reason: Reason, lifter: LiftedBy) -> Callable[[InStore, dict[str, Any]], None]:
    def stand(account: InStore, asked: dict[str, Any]) -> None:
        account.but(refusal=account.projection.refusal or Refusal(reason, lifter))

    return stand


def no_authorisation(account: InStore, asked: dict[str, Any]) -> None:
    asked["service"] = "ander"


def quota_block(account: InStore, asked: dict[str, Any]) -> None:
    account.but(services={"cov": ServiceAccess(limits=(("day", 1),), is_blocked=True)})


def quota_used_up(account: InStore, asked: dict[str, Any]) -> None:
    access = account.projection.services["cov"]
    account.but(services={"cov": ServiceAccess(limits=(("day", 0),), is_blocked=access.is_blocked)})


# Worst first: each is the answer while it and everything below it holds.
IN_ORDER = [
    (unknown_certificate, ["certificate", "nobody"]),
    (unregistered_address, ["address", "contact_person"]),
    (standing(Reason.INACTIVE, LiftedBy.NOBODY), ["inactive", "nobody"]),
    (no_authorisation, ["unauthorised", "contact_person"]),
]


@pytest.mark.parametrize("first", range(len(IN_ORDER)))
def test_the_first_reason_that_holds_is_the_answer(account: InStore, first: int) -> None:
    asked: dict[str, Any] = {}
    for hold, _ in reversed(IN_ORDER[first:]):
        hold(account, asked)
    assert account.ask(**asked) == IN_ORDER[first][1]
    assert account.journal() == {}


@pytest.mark.parametrize(
    ("reason", "lifter"),
    [
        (Reason.SUPPORT, LiftedBy.SUPPORT),
        (Reason.PASSWORD, LiftedBy.CONTACT_PERSON),
        (Reason.PIN, LiftedBy.CONTACT_PERSON),
    ],
)
def test_a_block_refuses_every_service_authorised_or_not(account: InStore, reason: Reason, lifter: LiftedBy) -> None:
    account.but(refusal=Refusal(reason, lifter))
    assert account.ask() == account.ask("ander") == [reason.value, lifter.value]


def test_a_quota_block_comes_before_the_count(account: InStore) -> None:
    quota_block(account, {})
    quota_used_up(account, {})
    assert account.ask() == ["quota", "support"]
    assert account.events("crossing") == []


def test_the_query_past_the_quota_crosses_and_every_later_one_finds_the_mark(account: InStore) -> None:
    account.with_limits(("day", 1))
    assert account.passes()
    assert account.ask(crossing="c" * 32) == ["crossed", "support"]
    assert account.ask() == ["quota", "support"]
    assert (account.mark, len(account.events("crossing"))) == ("c" * 32, 1)


def test_refused_queries_never_count(account: InStore) -> None:
    account.with_limits(("day", 1))
    assert account.passes()
    before = account.count("day"), account.journal()
    for asked in ({}, {}, {"address": ELSEWHERE}, {"fingerprint": CERTIFICATE}, {"service": "ander"}):
        assert not account.passes(**asked)
    assert (account.count("day"), account.journal()) == before


def test_a_certificate_is_known_from_its_first_moment_until_it_ends(account: InStore) -> None:
    now = account.now()
    account.but(
        certificates=((CERTIFICATE, now, now + 60), ("cd" * 32, now - 60, now), ("12" * 32, now + 60, now + 90))
    )
    assert account.passes(fingerprint=CERTIFICATE)
    assert account.ask(fingerprint="cd" * 32) == ["certificate", "nobody"]
    assert account.ask(fingerprint="12" * 32) == ["certificate", "nobody"], "not valid yet"
    assert account.ask(fingerprint="ef" * 32) == ["certificate", "nobody"]


def test_a_person_may_query_from_anywhere(account: InStore) -> None:
    account.but(kind=AccountKind.PERSONAL, networks=())
    assert account.passes(address=ELSEWHERE)


def test_an_address_is_within_its_network_or_not(account: InStore) -> None:
    assert account.passes(address="192.0.2.0")
    assert account.passes(address="192.0.2.255")
    assert account.ask(address="192.0.3.0")[0] == account.ask(address="::192.0.2.9")[0] == "address"


def test_an_account_of_another_start_of_the_store_is_filled_first(account: InStore) -> None:
    for _ in range(2):
        answer, clock = account.ask(run="another-run")
        assert (answer, abs(int(clock) - account.now()) < 60) == ("miss", True), "windows run by the store's clock"
        account.store.delete(account.keys.account)
