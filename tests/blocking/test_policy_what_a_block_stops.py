"""The table of behaviour.md, section 4, row by row. Pure: no database."""

import pytest

from accounts.choices import AccountKind, Secret
from blocking.choices import BlockReason, BlockScope, ServiceAnswer
from blocking.policy import EFFECTS, OpenBlock, effect_of, ends_sessions, refuses_entry

PERSONAL, SYSTEM = AccountKind.PERSONAL, AccountKind.SYSTEM
FORBIDDEN, GOES_ON, TOO_MANY = ServiceAnswer.FORBIDDEN, ServiceAnswer.GOES_ON, ServiceAnswer.TOO_MANY

ROWS = [
    # reason, kind, refuses sign-in, refuses PIN, service query answers, ends sessions
    (BlockReason.PASSWORD, PERSONAL, True, False, FORBIDDEN, False),
    (BlockReason.PIN, PERSONAL, True, True, FORBIDDEN, False),
    (BlockReason.PIN, SYSTEM, True, True, GOES_ON, False),
    (BlockReason.QUOTA, PERSONAL, True, False, TOO_MANY, False),
    (BlockReason.QUOTA, SYSTEM, True, False, TOO_MANY, False),
    (BlockReason.SUPPORT, PERSONAL, True, True, FORBIDDEN, True),
    (BlockReason.SUPPORT, SYSTEM, True, True, FORBIDDEN, True),
]


@pytest.mark.parametrize(("reason", "kind", "sign_in", "pin", "answer", "ends"), ROWS)
def test_each_row_of_the_table(reason, kind, sign_in, pin, answer, ends):
    block = OpenBlock(reason)
    assert refuses_entry([block], kind=kind, secret=Secret.PASSWORD) is sign_in
    assert refuses_entry([block], kind=kind, secret=Secret.PIN) is pin
    assert effect_of(block, kind).service_answer == answer
    assert ends_sessions([block], kind=kind) is ends


def test_a_strangers_block_leaves_the_known_browser_and_the_gate_alone():
    block = OpenBlock(BlockReason.PASSWORD, BlockScope.STRANGERS)
    assert refuses_entry([block], kind=PERSONAL, secret=Secret.PASSWORD)
    assert not refuses_entry([block], kind=PERSONAL, secret=Secret.PASSWORD, known_browser=True)
    assert effect_of(block, PERSONAL).service_answer == GOES_ON


def test_without_an_open_block_nothing_is_refused():
    assert not refuses_entry([], kind=PERSONAL, secret=Secret.PASSWORD)
    assert not ends_sessions([], kind=PERSONAL)


def test_one_refusing_block_among_others_refuses():
    blocks = [OpenBlock(BlockReason.PASSWORD), OpenBlock(BlockReason.PIN)]
    assert refuses_entry(blocks, kind=PERSONAL, secret=Secret.PIN)


def test_every_reason_has_an_effect_for_every_kind():
    everywhere = {(reason, kind) for reason, kind, scope in EFFECTS if scope == BlockScope.EVERYWHERE}
    assert everywhere == {(reason, kind) for reason in BlockReason for kind in AccountKind}
