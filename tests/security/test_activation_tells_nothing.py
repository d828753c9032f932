"""Where accounts are activated nothing tells who exists, who is blocked, or who is active already."""

from dataclasses import replace

import pytest

from accounts.choices import AccountState
from tests import factories
from tests.security.test_equal_answers import REFUSED_ANYWAY, entered, in_state

pytestmark = pytest.mark.django_db(transaction=True)

DOOR = "/activeren/"
SERVED = {"state issued", "state expired"}
EVERYBODY = {**REFUSED_ANYWAY, "state active": in_state(AccountState.ACTIVE)}


@pytest.fixture
def wrong(noord):
    """A wrong PIN of somebody who may activate; the second entry, for caches are full by then."""
    entered(DOOR, "99999999999999")
    seen = entered(DOOR, factories.account(noord, state=AccountState.ISSUED).user_number)
    assert (seen.status, seen.hashes) == (200, 1)
    return seen


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_wrong_pin_looks_like_anybodys(wrong, noord, who):
    assert entered(DOOR, EVERYBODY[who](noord)) == wrong


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in SERVED])
def test_a_right_pin_that_is_refused_looks_like_a_wrong_one(wrong, noord, who):
    """Of who is active it was looked at, and costs nothing: some statements more, which the pace of refusals covers."""
    right = entered(DOOR, EVERYBODY[who](noord), right=True)
    assert (replace(right, statements=()) if who == "state active" else right) == (
        replace(wrong, statements=()) if who == "state active" else wrong
    )


def test_every_wrong_entry_up_to_the_fourth_looks_like_the_first(wrong, noord):
    account = factories.account(noord, state=AccountState.ISSUED)
    assert len({entered(DOOR, account.user_number) for _ in range(4)}) == 1
