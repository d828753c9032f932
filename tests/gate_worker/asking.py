"""Software that asks the store, as the gate does for it: it fills what the store does not know, and asks again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from accounts.models import Account
from blocking.windows import midnight_of
from gate.keys import AccountKeys
from gate.lua import script
from gate.projection import payload
from gate.queries.projection import meters_of, projections_of
from tests.gate_worker.stores import Store

CLIENT = "192.0.2.9"
TRIES = 4


def ask(store: Store, account: Account, service: str = "cov", *, client: str = CLIENT, times: int = 1) -> Counter[str]:
    """So many queries one after the other; how often each was answered."""
    return Counter(_answer(store, account, service, client)[0] for _ in range(times))


def allowed_left(store: Store, account: Account, service: str = "cov") -> dict[str, int]:
    """Asks once, and is let through; what is left of each window after it."""
    answer = _answer(store, account, service, CLIENT)
    assert answer[0] == "ok", answer
    windows = [limit.partition("=")[0] for limit in answer[1].split()]
    return {window: int(left) for window, left in zip(windows, answer[2::2], strict=True)}


def fill(store: Store, account: Account, *, at: datetime | None = None) -> bool:
    """As after a miss, with what PostgreSQL holds now."""
    version, text = read_for_filling(account, at=at)
    return put_filling(store, account, version, text)


def read_for_filling(account: Account, *, at: datetime | None = None) -> tuple[int, str]:
    (projection,) = projections_of([account.pk])
    return projection.version, payload(projection, meters_of(account.pk, at or timezone.now()))


def put_filling(store: Store, account: Account, version: int, text: str) -> bool:
    keys = AccountKeys.of(account.user_number).for_projection
    return bool(store.eval(script("put"), len(keys), *keys, "fill", version, run_id(store), text))


def run_id(store: Store) -> str:
    return str(store.info("server")["run_id"])


def held(store: Store, account: Account) -> dict[str, str]:
    """The account's projection as it lies in the store."""
    return dict(store.hgetall(AccountKeys.of(account.user_number).account))


def _answer(store: Store, account: Account, service: str, client: str) -> list[str]:
    for _ in range(TRIES):
        answer = _decide(store, account, service, client)
        if answer[0] != "miss":
            return answer
        fill(store, account)
    raise AssertionError("The store does not take what it is filled with.")


def _decide(store: Store, account: Account, service: str, client: str) -> list[str]:
    keys = AccountKeys.of(account.user_number).for_decision
    midnights = [int(midnight_of(timezone.now(), days_later=days).timestamp()) for days in range(-2, 4)]
    address = f"{0:020x}ffffc0000209"
    decided = store.eval(
        script("decide"), len(keys), *keys, service, run_id(store), "", address, client, uuid4().hex, *midnights
    )
    return list(decided)
