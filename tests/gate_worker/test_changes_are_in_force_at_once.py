"""What is changed in the portal is in the store right after the commit, or half a second later by the sweep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import Account, AccountVersion, Service
from accounts.services import announce_change, authorise, register_address, withdraw_authorisation
from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.models import Block
from blocking.services import lift_block, open_block
from blocking.services.lifting import Lift, lift_without_asking
from gate import receivers
from gate.services.pushing import BATCH
from gate.services.sweeping import sweep
from gate.store import gate_store
from tests import factories
from tests.fixtures_gate import SetLimit
from tests.gate_worker.asking import ask, held
from tests.gate_worker.stores import Store
from vecozo_portal.processes.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def store_away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """`store_away()`: from now on this process finds nobody at the store's address; `connect` still does."""

    def go_away() -> None:
        monkeypatch.setattr(settings, "PORTAL_GATE_REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
        gate_store.cache_clear()

    return go_away


def block(account: Account) -> Block:
    opened = open_block(account, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now())
    assert opened
    return opened


def lift(block: Block) -> None:
    how = Lift(LiftChannel.PHONE, LiftReason.OTHER)
    with transaction.atomic():
        lift_without_asking(block, by=PORTAL, at=timezone.now(), lift=how)


def behind() -> set[int]:
    return set(AccountVersion.objects.behind().values_list("pk", flat=True))


def test_a_block_and_a_lift_without_any_worker(store: Store, software: Account) -> None:
    assert ask(store, software) == {"ok": 1}
    opened = block(software)
    assert ask(store, software) == {"support": 1}
    assert software.pk not in behind()
    lift(opened)
    assert ask(store, software) == {"ok": 1}
    assert software.pk not in behind()


def test_a_lift_by_the_contact_person(store: Store, anja: Account, anna: Account, a_service: Service) -> None:
    authorise(anna, service=a_service, by=PORTAL, at=timezone.now())
    opened = open_block(anna, reason=BlockReason.PASSWORD, by=PORTAL, at=timezone.now())
    assert opened
    assert ask(store, anna) == {"password": 1}
    channel = LiftChannel.USER_ADMINISTRATION
    lift_block(opened, by=factories.by(anja), at=timezone.now(), channel=channel, reason=LiftReason.FORGOTTEN)
    assert ask(store, anna) == {"ok": 1}


def test_what_an_account_may_query_and_from_where(store: Store, software: Account, a_service: Service) -> None:
    assert ask(store, software) == {"ok": 1}
    withdraw_authorisation(software, service=a_service, by=PORTAL, at=timezone.now())
    assert ask(store, software) == {"unauthorised": 1}
    register_address(software, network="198.51.100.0/24", by=PORTAL, at=timezone.now())
    assert held(store, software)["addresses"].count("-") == 2


def test_nothing_is_pushed_where_nothing_changed(store: Store, software: Account) -> None:
    opened = block(software)
    version = AccountVersion.objects.get(pk=software.pk)
    assert open_block(software, reason=BlockReason.SUPPORT, by=PORTAL, at=timezone.now()) is None
    assert AccountVersion.objects.get(pk=software.pk).version == version.version
    assert opened.is_open


def test_with_the_store_away_the_act_goes_on_and_the_sweep_brings_it(
    store: Store, software: Account, store_away: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    assert ask(store, software) == {"ok": 1}
    store_away()
    opened = block(software)
    assert "left for the sweep" in caplog.text
    assert ask(store, software) == {"ok": 1}
    assert behind() == {software.pk}
    assert sweep(store) == 1
    assert ask(store, software) == {"support": 1}
    assert not behind()
    lift(opened)
    sweep(store)
    assert ask(store, software) == {"ok": 1}


def test_a_store_that_is_away_is_met_once(
    store: Store, software: Account, store_away: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    ask(store, software)
    store_away()
    for _ in range(3):
        lift(block(software))
    assert caplog.text.count("left for the sweep") == 1
    receivers.store_left_alone.forget()
    block(software)
    assert caplog.text.count("left for the sweep") == 2


def test_many_at_once_are_left_for_the_sweep(store: Store, software: Account) -> None:
    ask(store, software)
    AccountVersion.objects.filter(pk=software.pk).update(version=100)
    announce_change([software.pk, *range(-BATCH, 0)])
    assert held(store, software)["v"] != "100"
    sweep(store)
    assert held(store, software)["v"] == "100"


def test_a_quota_that_nobody_announced_is_swept(store: Store, software: Account, limit: SetLimit) -> None:
    assert ask(store, software, times=3) == {"ok": 3}
    limit(5)
    sweep(store)
    assert ask(store, software, times=3) == {"ok": 2, "crossed": 1}


def test_an_account_that_nobody_asked_about_stays_out_of_the_store(store: Store, software: Account) -> None:
    block(software)
    assert "v" not in held(store, software)
    assert not behind()
