"""Which accounts lie on which node, and what the gate says of them."""

from __future__ import annotations

from redis.crc import key_slot

from accounts.models import Account
from gate.keys import AccountKeys
from tests.gate.processes import RunningGate
from tests.gate.valkeys import NODES, SLOTS

QUOTA = 2
PATIENCE_SECONDS = 30


def third_of(person: Account) -> int:
    return int(key_slot(AccountKeys.of(person.user_number).account.encode())) * NODES // SLOTS


def answers(gate: RunningGate, people: list[Account]) -> list[int]:
    return [gate.ask(person.user_number).status for person in people]
