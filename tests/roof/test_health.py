"""Health, metrics over processes, and whose address is believed."""

import json
from collections.abc import Callable
from urllib.request import urlopen

import psutil
import pytest
from django.test import Client, RequestFactory, override_settings

from tests.portal_process import RunningPortal
from vecozo_portal.logs import inert
from vecozo_portal.metrics import REQUESTS, may_read
from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.proxies import client_address, networks


@pytest.mark.django_db
def test_a_portal_with_its_database_and_queue_is_ready(client: Client) -> None:
    assert client.get("/readyz").json() == {"status": "ok", "database": "ok", "broker": "ok"}


def test_a_living_portal_says_so_without_its_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


@pytest.mark.process
def test_figures_are_summed_over_processes_and_outlive_a_killed_one(running_portal: RunningPortal) -> None:
    def counted() -> float:
        return running_portal.metric("portal_request_seconds_count", route="healthz", status="200")

    before = counted()
    for _ in range(40):
        urlopen(f"{running_portal.base_url}/healthz", timeout=10).close()  # noqa: S310  # our own address
    assert counted() == before + 40

    killed = running_portal.kill_a_worker()
    assert wait_until(lambda: killed not in running_portal.worker_pids(), within=60)
    assert wait_until(lambda: running_portal.is_ready, within=60)
    assert counted() >= before + 40


@pytest.mark.process
def test_a_web_process_that_dies_takes_nobody_with_it(running_portal: RunningPortal) -> None:
    running_portal.kill_a_worker()
    assert wait_until(lambda: running_portal.is_ready, within=60)
    assert running_portal.is_alive


@pytest.mark.process
def test_web_processes_do_not_outlive_their_server(start_portal: Callable[..., RunningPortal]) -> None:
    portal = start_portal(workers=2, threads=2)
    assert portal.web is not None
    family = portal.web.family()
    portal.web.process.kill()
    _, left = psutil.wait_procs(family, timeout=30)
    assert left == []
    portal.restart()
    assert portal.is_ready


def test_metrics_are_for_loopback(rf: RequestFactory) -> None:
    assert may_read(rf.get("/metrics", REMOTE_ADDR="127.0.0.1"))
    assert may_read(rf.get("/metrics", REMOTE_ADDR="::1"))
    assert not may_read(rf.get("/metrics", REMOTE_ADDR="192.0.2.1"))
    assert not may_read(rf.get("/metrics", REMOTE_ADDR="garbled"))


@pytest.mark.django_db
def test_metrics_through_a_proxy_nobody_named_are_not_from_loopback(client: Client) -> None:
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403


@override_settings(PORTAL_METRICS_TOKEN="right")
def test_metrics_from_elsewhere_want_the_token(rf: RequestFactory) -> None:
    assert may_read(rf.get("/metrics", REMOTE_ADDR="192.0.2.1", headers={"Authorization": "Bearer right"}))
    assert not may_read(rf.get("/metrics", REMOTE_ADDR="192.0.2.1", headers={"Authorization": "Bearer wrong"}))


@override_settings(PORTAL_ENVIRONMENT="production", PORTAL_METRICS_TOKEN="right")
def test_metrics_of_a_production_want_the_token_always(rf: RequestFactory) -> None:
    assert not may_read(rf.get("/metrics", REMOTE_ADDR="127.0.0.1"))
    assert may_read(rf.get("/metrics", REMOTE_ADDR="127.0.0.1", headers={"Authorization": "Bearer right"}))


@pytest.mark.parametrize(
    ("forwarded_for", "client_is"),
    [
        ("", "10.0.0.9"),
        ("192.0.2.1", "192.0.2.1"),
        ("203.0.113.5, 192.0.2.1", "192.0.2.1"),
        ("192.0.2.1, 10.0.0.8", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("192.0.2.1, garbled", "10.0.0.9"),
        ("10.0.0.8", "10.0.0.9"),
        ("fe80::1%eth0", "10.0.0.9"),
    ],
)
def test_the_client_is_the_last_hop_that_is_no_proxy_of_ours(forwarded_for: str, client_is: str) -> None:
    assert client_address("10.0.0.9", forwarded_for, networks("10.0.0.0/8")) == client_is


def test_methods_that_somebody_made_up_are_one_series(client: Client) -> None:
    for method in ("BREW", "WHISK"):
        client.generic(method, "/healthz")
    methods = {sample.labels["method"] for family in REQUESTS.collect() for sample in family.samples}
    assert "OTHER" in methods
    assert not {"BREW", "WHISK"} & methods


def test_a_log_line_stays_one_line() -> None:
    assert inert("Anja\nERROR forged \u202egnp.exe\u2028") == "Anja\\nERROR forged \\u202egnp.exe\\u2028"


def test_readyz_is_json_a_program_can_read(client: Client, db: None) -> None:
    assert set(json.loads(client.get("/readyz").content)) == {"status", "database", "broker"}
