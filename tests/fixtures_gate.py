"""Software at the gate: an account that may query a service, a quota, and a worker that writes down what was seen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import Account, Service
from accounts.services import authorise, register_address
from blocking.choices import QuotaWindow
from blocking.services.quota import set_quota
from gate import receivers
from gate.store import gate_store
from messagebox.services import outbox
from tests import factories
from tests.portal_process import Started
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn

SetLimit = Callable[..., None]


@pytest.fixture
def noord_queries(noord_software: Account, a_service: Service) -> Account:
    """Noord's software, which may query the service from anywhere in the network for documentation."""
    at = factories.a_moment_ago(days=30)
    authorise(noord_software, service=a_service, by=PORTAL, at=at)
    register_address(noord_software, network="192.0.2.0/24", by=PORTAL, at=at)
    return noord_software


@pytest.fixture
def limit(a_service: Service) -> SetLimit:
    """`limit(100)` or `limit(5, QuotaWindow.HOUR)`: a quota of the service, for software unless said otherwise."""

    def set_to(number: int, window: QuotaWindow = QuotaWindow.DAY, kind: AccountKind = AccountKind.SYSTEM) -> None:
        set_quota(a_service, kind=kind, window=window, limit=number, by=PORTAL, at=factories.a_moment_ago(days=30))

    return set_to


@pytest.fixture
def nothing_known_to_be_away() -> Iterator[None]:
    """The test begins like a process that has met neither the store nor the queue."""
    for left_alone in (receivers.store_left_alone, outbox.broker_left_alone):
        left_alone.forget()
    gate_store.cache_clear()
    yield
    gate_store.cache_clear()


def start_gate_worker(folder: Path, env: Mapping[str, str], name: str = "gate-worker") -> Started:
    """With what `env` adds to the environment; its log and its sign of life are in the folder."""
    log = folder / f"{name}.log"
    given = os.environ | {"PORTAL_STATE_DIR": str(folder)} | dict(env)
    return Started(spawn([sys.executable, "manage.py", "gate_worker"], cwd=BASE_DIR, log=log, env=given), log)
