"""`make demo-queries` beside a run: real queries through the demo's service and a real gate, until they are refused."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gate.store import connect
from tests import portal_process
from tests.portal_process import Started
from vecozo_portal.demo.cast import CAST
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.ports import free_port, is_free
from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.gate import gate_command
from vecozo_portal.run.ports import Ports
from vecozo_portal.run.programs import answering, demo_service_command

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

TOKEN = "a-token-of-the-demo-a-token-of-the-demo"


def user_number_of(name: str) -> str:
    return next(person.user_number for person in CAST if person.name == name)


SOFTWARE = user_number_of("Koppeling Zorggroep Noord")


def started(command: list[str], port: int, log: Path) -> Started:
    given = {"PORTAL_DATABASE_URL": portal_process.test_database_url(), "PORTAL_GATEWAY_TOKENS": TOKEN}
    process = Started(spawn(command, cwd=BASE_DIR, log=log, env=os.environ | given), log)
    assert wait_until(lambda: not process.is_alive or answering(port, "/healthz")(), 60), log.read_text()
    return process


@dataclass
class Behind:
    """The demo's service and the gate before it, if there is one."""

    ports: Ports
    folder: Path

    def __post_init__(self) -> None:
        command = demo_service_command(self.ports)
        self.running = [started(command, self.ports.demo_service, self.folder / "service.log")]

    def start_gate(self) -> Started:
        self.running.append(started(gate_command(port=self.ports.gate), self.ports.gate, self.folder / "gate.log"))
        return self.running[-1]

    def stop(self) -> None:
        for process in self.running:
            process.stop()


Make = Callable[[], Behind]


@pytest.fixture(scope="module")
def behind(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Make]:
    made: list[Behind] = []

    def make() -> Behind:
        while not is_free((ports := Ports(0, free_port())).demo_service):
            pass
        with django_db_blocker.unblock():
            made.append(Behind(ports, tmp_path_factory.mktemp("demo")))
        return made[-1]

    yield make
    for each in made:
        each.stop()


@pytest.fixture(scope="module")
def _with_gate(behind: Make, django_db_blocker) -> Behind:
    made = behind()
    with django_db_blocker.unblock():
        made.start_gate()
    return made


@pytest.fixture(scope="module")
def without_gate(behind: Make) -> Behind:
    return behind()


@pytest.fixture
def _new_here(demo, settings) -> None:
    """The demo was just loaded, and the store knows nobody yet."""
    store = connect(settings.PORTAL_GATE_REDIS_URL)
    store.flushdb()
    store.close()


@pytest.fixture
def service(_new_here, _with_gate: Behind, settings) -> Behind:
    settings.PORTAL_DEMO_SERVICE_URL = f"http://127.0.0.1:{_with_gate.ports.demo_service}"
    return _with_gate


def said(*options: str) -> str:
    output = StringIO()
    call_command("demo_queries", *options, stdout=output)
    return output.getvalue()


def asked(behind: Behind, path: str, *numbers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", behind.ports.demo_service, timeout=20)
    connection.putrequest("GET", path)
    for number in numbers:
        connection.putheader("Portal-User-Number", number)
    connection.endheaders()
    told = connection.getresponse()
    answer = told.status, {name.lower(): value for name, value in told.getheaders()}, told.read()
    connection.close()
    return answer


def test_the_software_queries_until_its_hundred_are_used_and_reads_who_helps(service):
    told = said()
    assert "query  100  allowed, 0 left of this day" in told
    assert "query  101  refused" in told
    assert "429 Too Many Requests" in told
    document = json.loads(told[told.index("  {") : told.index("  }") + 3])
    assert document["reason"] == "quota"
    for name in ("Anja Visser", "Sanne Hofman"):
        assert user_number_of(name) in told
    # It is told again at once, and no query is let through.
    assert "query    1  refused" in said()


def test_fewer_queries_than_the_quota_are_all_allowed(service):
    assert "All 3 queries were allowed" in said("--count", "3")


def test_another_user_and_service_can_be_chosen(service):
    told = said("--user", user_number_of("Anna de Boer"), "--service", "cov", "--count", "1")
    assert "Anna de Boer" in told
    assert "499 left of this day" in told


def test_who_is_not_authorised_is_told_what_is_wrong(service):
    told = said("--service", "vsp-jw")
    assert "403 Forbidden" in told
    assert '"unauthorised"' in told
    assert "/gebruikersbeheer/" in told


def test_the_service_hands_on_what_the_gate_says(service):
    status, headers, body = asked(service, "/cov/any/path?x=1", SOFTWARE)
    assert (status, headers["ratelimit-policy"]) == (200, '"day";q=100;w=86400')
    assert "verzonnen" in json.loads(body)["antwoord"]
    status, headers, body = asked(service, "/no-such-service/", SOFTWARE)
    assert (status, headers["content-type"]) == (404, "application/problem+json")
    assert asked(service, "/cov/", "12")[0] == 400


@pytest.mark.usefixtures("_new_here")
def test_the_service_finds_a_gate_that_was_started_again(behind):
    own = behind()
    connection = HTTPConnection("127.0.0.1", own.ports.demo_service, timeout=20)

    def status() -> int:
        connection.request("GET", "/cov/", headers={"Portal-User-Number": SOFTWARE})
        told = connection.getresponse()
        told.read()
        return told.status

    gate = own.start_gate()
    assert status() == 200
    gate.stop()
    assert status() == 503
    own.start_gate()
    assert status() == 200
    connection.close()


@pytest.mark.parametrize("numbers", [(), (SOFTWARE, SOFTWARE), ("a b",), ("",), ("\x01",)])
def test_a_question_without_one_user_number_is_refused_by_the_service(without_gate, numbers):
    status, headers, _ = asked(without_gate, "/cov/", *numbers)
    assert (status, headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("path", ["/cov", "/", "/COV/", "/../cov/", "//", "/v1/decisions/cov?proxy=nginx#"])
def test_no_path_leads_the_service_to_another_question(without_gate, path):
    assert asked(without_gate, path, SOFTWARE)[0] in {400, 503}


def test_with_the_gate_away_nobody_is_answered(without_gate):
    status, headers, _ = asked(without_gate, "/cov/", SOFTWARE)
    assert (status, headers["cache-control"]) == (503, "no-store")


def test_without_a_service_it_says_to_start_a_run(demo, settings):
    settings.PORTAL_DEMO_SERVICE_URL = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(CommandError, match=r"Nobody answers at .* Start `make run` in another terminal"):
        said()


@pytest.mark.parametrize("options", [("--count", "0"), ("--count", "x"), ("--user", "12345678901234")])
def test_an_option_that_cannot_be_is_told(options):
    with pytest.raises(CommandError, match="argument --"):
        said(*options)


def test_without_any_run_it_is_one_sentence(tmp_path):
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "vecozo_portal.demo.queries"],
        cwd=BASE_DIR,
        env={**plain, "PORTAL_STATE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (
        done.stderr
        == "No portal is running here. Start `make run` in another terminal, and try again when it is ready.\n"
    )
    assert done.returncode == 1
