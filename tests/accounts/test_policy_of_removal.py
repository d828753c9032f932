"""Who removes whom, and until when that is undone. Pure: no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from accounts.choices import AccountKind, AccountState
from accounts.policy.removal import Removable, RemovalGround, Remover, why_not_remove, why_not_undo

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANJA = Remover(1, 10, is_support=False)
CHRIS = Remover(2, 20, is_support=False)
ANNA = Remover(3, None, is_support=False)
SANNE = Remover(4, None, is_support=True)
OF_NOORD = Removable(
    account_id=3,
    organisation_id=10,
    kind=AccountKind.PERSONAL,
    state=AccountState.ACTIVE,
    is_pgb_provider=False,
    is_last_contact_person=False,
)
SOFTWARE = replace(OF_NOORD, kind=AccountKind.SYSTEM)
OF_PGB = replace(OF_NOORD, is_pgb_provider=True)
COLLEAGUE = replace(OF_NOORD, organisation_id=None)


@pytest.mark.parametrize(
    ("remover", "account", "ground"),
    [
        (ANJA, OF_NOORD, None),
        (CHRIS, OF_NOORD, RemovalGround.NOT_YOURS),
        (ANNA, replace(OF_NOORD, account_id=9), RemovalGround.NOT_YOURS),
        (Remover(None, None, is_support=False), OF_NOORD, RemovalGround.NOT_YOURS),
        (SANNE, OF_NOORD, RemovalGround.ONLY_CONTACT_PERSON),
        (ANJA, SOFTWARE, RemovalGround.ONLY_SUPPORT),
        (CHRIS, SOFTWARE, RemovalGround.NOT_YOURS),
        (SANNE, SOFTWARE, None),
        (ANJA, OF_PGB, RemovalGround.ONLY_SUPPORT),
        (SANNE, OF_PGB, None),
        (SANNE, COLLEAGUE, RemovalGround.ONLY_CONTACT_PERSON),
        (ANJA, COLLEAGUE, RemovalGround.NOT_YOURS),
        (ANJA, replace(OF_NOORD, account_id=1), RemovalGround.OWN_ACCOUNT),
        (ANJA, replace(OF_NOORD, is_last_contact_person=True), RemovalGround.LAST_CONTACT_PERSON),
        (SANNE, replace(OF_PGB, is_last_contact_person=True), RemovalGround.LAST_CONTACT_PERSON),
        (ANJA, replace(OF_NOORD, state=AccountState.REMOVAL_PENDING), RemovalGround.PENDING),
        (ANJA, replace(OF_NOORD, state=AccountState.REMOVED), RemovalGround.REMOVED),
        (CHRIS, replace(OF_NOORD, state=AccountState.REMOVED), RemovalGround.NOT_YOURS),
    ],
)
def test_who_removes_whom(remover, account, ground):
    assert why_not_remove(remover, account) == ground


@pytest.mark.parametrize("state", sorted(set(AccountState) - {AccountState.REMOVAL_PENDING, AccountState.REMOVED}))
def test_an_account_is_removed_from_any_live_state(state):
    assert why_not_remove(ANJA, replace(OF_NOORD, state=state)) is None


PENDING = replace(OF_NOORD, state=AccountState.REMOVAL_PENDING, final_at=NOON)
A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("remover", "account", "at", "ground"),
    [
        (ANJA, PENDING, NOON - A_MOMENT, None),
        (ANJA, PENDING, NOON, RemovalGround.FINAL),
        (CHRIS, PENDING, NOON - A_MOMENT, RemovalGround.NOT_YOURS),
        (SANNE, PENDING, NOON - A_MOMENT, RemovalGround.ONLY_CONTACT_PERSON),
        (SANNE, replace(PENDING, kind=AccountKind.SYSTEM), NOON - A_MOMENT, None),
        (ANJA, replace(PENDING, kind=AccountKind.SYSTEM), NOON - A_MOMENT, RemovalGround.ONLY_SUPPORT),
        (ANJA, OF_NOORD, NOON, RemovalGround.NOT_PENDING),
        (ANJA, replace(PENDING, state=AccountState.REMOVED), NOON - A_MOMENT, RemovalGround.FINAL),
    ],
)
def test_it_is_undone_until_the_moment_by_who_may_remove(remover, account, at, ground):
    assert why_not_undo(remover, account, at=at) == ground
