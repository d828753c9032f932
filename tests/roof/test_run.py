"""`make run` from outside: one story that starts it for real, and the sentences for what is in the way."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import psycopg
import pytest
from dotenv import dotenv_values

from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.ports import free_port, is_free
from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.failures import RunFailure
from vecozo_portal.run.portal_run import PortalRun
from vecozo_portal.run.ports import Ports

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def state_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="portal-run-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / ".data"


COMMAND = [sys.executable, "-m", "vecozo_portal.run"]
TAKEN = "Port {} is taken by another program. Choose another one: make run {}={}\n"


def free_ports() -> Ports:
    """The demo's service listens one above the gate, so that one is free too."""
    while not is_free((ports := Ports(free_port(), free_port())).demo_service):
        pass
    return ports


class Run:
    """One `python -m vecozo_portal.run`, read line by line."""

    def __init__(self, state_dir: Path, ports: Ports) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "--port", str(ports.portal), "--gate-port", str(ports.gate)],
            cwd=BASE_DIR,
            env=plain_environment(state_dir),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def listen_until(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return
        raise AssertionError("".join(self.said))

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self) -> str:
        output, _ = self.process.communicate(timeout=60)
        return "".join(self.said) + output


def plain_environment(state_dir: Path) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))}
    return {**plain, "PORTAL_STATE_DIR": str(state_dir)}


def started(state_dir: Path, ports: Ports) -> Run:
    run = Run(state_dir, ports)
    run.listen_until("Ctrl-C stops everything")
    return run


def still_running(family: list[psutil.Process]) -> list[str]:
    _, left = psutil.wait_procs(family, timeout=30)
    return [process.name() for process in left]


def locked(state_dir: Path) -> bool:
    return (state_dir / "run.lock").exists()


@pytest.mark.timeout(400)
def test_it_runs_and_stops_and_runs_again_with_its_data(state_dir: Path) -> None:
    ports = free_ports()

    # A first start, from an empty folder; then Ctrl-C.
    run = started(state_dir, ports)
    for port in (ports.portal, ports.gate, ports.demo_service):
        assert f":{port}/" in "".join(run.said)
    family = run.family()
    names = " ".join(" ".join(process.cmdline()) for process in family)
    for name in (
        "postgres",
        "valkey",
        "vecozo_portal.serve",
        "worker",
        "beat",
        "serve_gate",
        "gate_worker",
        "demo.service",
    ):
        assert name in names
    assert queries_answered(ports, state_dir, 3) == [200] * 3
    database = str(dotenv_values(state_dir / "portal.env")["PORTAL_DATABASE_URL"])
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE left_by_the_first_run ()")
    assert f"already running on {state_dir}" in Run(state_dir, free_ports()).end()
    run.process.send_signal(signal.SIGINT)
    assert "Stopping" in run.end()
    assert run.process.returncode == 0
    assert still_running(family) == []
    assert not locked(state_dir)

    assert open_to_others(state_dir) == []
    assert "204601" not in (state_dir / "prepared.json").read_text()

    # A second start keeps the data; PostgreSQL is killed and comes back; then somebody kills the whole run.
    run = started(state_dir, ports)
    assert "204601" in "".join(run.said)
    family = run.family()
    with psycopg.connect(database) as connection:
        connection.execute("SELECT FROM left_by_the_first_run")
    next(process for process in family if process.name() == "postgres").kill()
    run.listen_until("PostgreSQL stopped unexpectedly")
    assert wait_until(lambda: answers(ports.portal), within=60)
    # Nor does the gate's death end anything: it is started again, and knows what was counted.
    next(process for process in run.family() if "vecozo_portal.serve_gate" in process.cmdline()).kill()
    run.listen_until("gate stopped unexpectedly")
    assert wait_until(lambda: queries_answered(ports, state_dir, 1) == [200], within=60)
    family = run.family()
    run.process.kill()
    run.process.wait()
    assert still_running(family) == []

    # A third start right behind it finds no lock in its way; then SIGTERM.
    run = started(state_dir, ports)
    family = run.family()
    run.process.terminate()
    run.end()
    assert run.process.returncode == 0
    assert still_running(family) == []
    assert not locked(state_dir)


def queries_answered(ports: Ports, state_dir: Path, number: int) -> list[int]:
    """The statuses of so many queries of the demo's software, through the demo's service and the gate."""
    people = subprocess.run(
        [sys.executable, "manage.py", "demo_people", "--json"],
        cwd=BASE_DIR,
        env=plain_environment(state_dir),
        capture_output=True,
        check=True,
    )
    [software] = [person for person in json.loads(people.stdout) if person["role"] == "system"]
    assert software["gateway_token"] in (state_dir / "portal.env").read_text()
    return [status_of(ports.demo_service, software["user_number"]) for _ in range(number)]


def status_of(port: int, user_number: str) -> int:
    query = Request(f"http://127.0.0.1:{port}/cov/", headers={"Portal-User-Number": user_number})
    try:
        with urlopen(query, timeout=10) as answer:  # noqa: S310  # our own address
            return int(answer.status)
    except HTTPError as refusal:
        return refusal.code


def open_to_others(state_dir: Path) -> list[str]:
    """Everything of ours that others may read; the engines' programs lie open, and their data are the engines'."""
    return [
        str(path.relative_to(state_dir))
        for path in state_dir.rglob("*")
        if path.name not in {"engines", "static"}
        and not {"engines", "static"} & set(path.relative_to(state_dir).parts)
        and path.stat().st_mode & 0o077
    ]


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return b'"database": "ok"' in answer.read()
    except OSError:
        return False


@pytest.mark.parametrize(("name", "option"), [("portal", "PORT"), ("gate", "GATE_PORT"), ("demo_service", "GATE_PORT")])
def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path, name: str, option: str) -> None:
    ports = free_ports()
    taken = getattr(ports, name)
    with socket.create_server(("127.0.0.1", taken)):
        run = Run(tmp_path / ".data", ports)
        output = run.end()
    assert output == TAKEN.format(taken, option, taken + 1)
    assert run.process.returncode == 1
    assert not locked(tmp_path / ".data")


@pytest.mark.parametrize("above", [0, 1])
def test_ports_that_clash_are_told_in_one_sentence(tmp_path: Path, above: int) -> None:
    gate = free_ports().gate
    clashing = Ports(gate + above, gate)
    run = Run(tmp_path / ".data", clashing)
    assert run.end().endswith(f"make run PORT={clashing.portal} GATE_PORT={clashing.portal + 1}\n")
    assert run.process.returncode == 1


def test_a_broken_data_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / ".data" / "engines" / "postgres"
    broken.mkdir(parents=True)
    run = Run(tmp_path / ".data", free_ports())
    assert (
        run.end() == f"The folder {broken} is no PostgreSQL data folder. Move it away to begin with an empty portal.\n"
    )
    assert run.process.returncode == 1


def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 12 * 1024**2})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(RunFailure, match="is full: 12 MB is free and 300 MB is needed"):
        PortalRun(tmp_path / ".data", free_ports(), print).run()


def test_a_state_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / ".data"
    in_the_way.write_text("a file, not a folder")
    run = Run(in_the_way, free_ports())
    assert str(in_the_way) in run.end()
    assert run.process.returncode == 1


def test_a_wrong_python_is_told_in_one_sentence(tmp_path: Path) -> None:
    for name in ("Makefile", "deploy"):
        (tmp_path / name).symlink_to(BASE_DIR / name)
    done = subprocess.run(
        ["make", "run", "PYTHON=no-such-python"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "Python 3.11 is needed" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_postgres_of_ones_own_that_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"postgresql://me:marker-password@127.0.0.1:{free_port()}/portal")
    with pytest.raises(RunFailure, match="PORTAL_DATABASE_URL does not answer") as failure:
        PortalRun(tmp_path / ".data", free_ports(), print).run()
    assert "marker-password" not in str(failure.value)
