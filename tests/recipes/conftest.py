"""The gate, a service and the gateways of the recipes before it; the gate and the gateway run once a session."""

import json
import os
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.actors import PORTAL
from accounts.choices import AccountKind
from accounts.models import Account, Service
from accounts.services import authorise, register_address
from blocking.choices import QuotaWindow
from blocking.services.quota import set_quota
from certificates.services import register_certificate
from gate.store import connect
from tests import portal_process
from tests.portal_process import Started
from tests.recipes.certificates import Pair, new_pair
from tests.recipes.nginx import RunningNginx, start_nginx
from tests.recipes.service_behind import Behind, service_behind
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.ports import free_port
from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.gate import gate_command
from vecozo_portal.run.programs import answering

TOKEN = "a-token-of-the-recipes-a-token-of-the-recipes"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def document(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """Software with a certificate, or without one, before a gateway."""

    port: int
    pair: Pair | None = None

    def __post_init__(self) -> None:
        self.tls = ssl.create_default_context()
        self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE
        if self.pair:
            self.tls.load_cert_chain(self.pair.certificate, self.pair.key)

    def asks(self, path: str = "/cov/", method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = HTTPSConnection("127.0.0.1", self.port, context=self.tls, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers=named)
        told = connection.getresponse()
        cookies = tuple(value for name, value in told.getheaders() if name.lower() == "set-cookie")
        answer = Answer(told.status, {name.lower(): value for name, value in told.getheaders()}, told.read(), cookies)
        connection.close()
        return answer


StartGate = Callable[[str], int]


@pytest.fixture(scope="session")
def gate_reading(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StartGate]:
    """The port of a gate that reads certificates as this kind of proxy writes them."""
    started: list[Started] = []

    @cache
    def start(client_cert_format: str) -> int:
        port, log = free_port(), tmp_path_factory.mktemp("gate") / "gate.log"
        with django_db_blocker.unblock():
            given = _settings(client_cert_format)
        gate = Started(spawn(gate_command(port=port), cwd=BASE_DIR, log=log, env=os.environ | given), log)
        started.append(gate)
        assert wait_until(lambda: not gate.is_alive or answering(port, "/healthz")(), 60), log.read_text()
        return port

    yield start
    for gate in started:
        gate.stop()


def _settings(client_cert_format: str) -> dict[str, str]:
    return {
        "PORTAL_DATABASE_URL": portal_process.test_database_url(),
        "PORTAL_GATEWAY_TOKENS": TOKEN,
        "PORTAL_CLIENT_CERT_FORMAT": client_cert_format,
        "PORTAL_TRUSTED_PROXIES": "127.0.0.1",
    }


@pytest.fixture(scope="session")
def _behind() -> Iterator[Behind]:
    with service_behind() as behind:
        yield behind


@pytest.fixture
def behind(_behind: Behind) -> Behind:
    """The service; nothing reached it yet."""
    _behind.reached.clear()
    return _behind


StartNginx = Callable[..., RunningNginx]


@pytest.fixture(scope="session")
def start_gateway(tmp_path_factory: pytest.TempPathFactory, _behind: Behind) -> Iterator[StartNginx]:
    """nginx with the recipe, before the gate on this port; `limits` and `neighbour` as for `start_nginx`."""
    started: list[RunningNginx] = []

    def start(gate_port: int, limits: Mapping[str, str] | None = None, *, neighbour: str = "") -> RunningNginx:
        folder = tmp_path_factory.mktemp("nginx")
        server = new_pair(folder, "server")
        ports = {"gate_port": gate_port, "service_port": _behind.port}
        running = start_nginx(folder / "etc", server, token=TOKEN, limits=limits, neighbour=neighbour, **ports)
        started.append(running)
        return running

    yield start
    for running in started:
        running.nginx.stop()


@pytest.fixture(scope="session")
def _gateway(start_gateway: StartNginx, gate_reading: StartGate) -> RunningNginx:
    return start_gateway(gate_reading("nginx"))


@pytest.fixture
def gateway(_gateway: RunningNginx, empty_store: None) -> RunningNginx:
    """Before a gate that knows nobody yet."""
    return _gateway


@pytest.fixture
def empty_store(transactional_db: None, settings: Any) -> None:
    store = connect(settings.PORTAL_GATE_REDIS_URL)
    store.flushdb()
    store.close()


@pytest.fixture
def pair(tmp_path: Path) -> Callable[..., Pair]:
    return lambda name, **how: new_pair(tmp_path, name, **how)


@pytest.fixture
def cov() -> Service:
    return Service.objects.create(code="cov", name="Controle op verzekeringsgegevens", legal_basis="zvw")


@pytest.fixture
def noord_queries(empty_store: None, noord_software: Account, cov: Service) -> Account:
    """Noord's software may query the service from this machine, five times a day; it has no certificate yet."""
    at = timezone.now()
    authorise(noord_software, service=cov, by=PORTAL, at=at)
    register_address(noord_software, network="127.0.0.1", by=PORTAL, at=at)
    set_quota(cov, kind=AccountKind.SYSTEM, window=QuotaWindow.DAY, limit=5, by=PORTAL, at=at)
    return noord_software


@pytest.fixture
def own_pair(noord_queries: Account, pair: Callable[..., Pair]) -> Pair:
    """The certificate of Noord's software."""
    own = pair("software")
    register_certificate(noord_queries, pem=own.pem, by=PORTAL, at=timezone.now())
    return own


@pytest.fixture
def software(gateway: RunningNginx, own_pair: Pair) -> Client:
    """Noord's software before the gateway."""
    return Client(gateway.port, own_pair)
