"""A really running portal for the tests: granian with several processes and threads on the test database.

`running_portal` (fixture) is one portal for all tests of a session: quick, shared, alive at the start of each test.
`start_portal` (fixture) starts one of your own, for tests that kill it or want other settings:

    def test_it(start_portal):
        portal = start_portal(workers=4, threads=16, settings={"PORTAL_FAILURE_LIMIT": "3"})
        celery = portal.start_worker()

Data must be committed before another process sees it; both fixtures bring pytest-django's `transactional_db`.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import psutil
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families

from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.ports import free_port
from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.gate import gate_command
from vecozo_portal.run.portal import fresh_metrics_dir, portal_command
from vecozo_portal.run.worker import beat_command, worker_command

READY_WITHIN_SECONDS = 60.0


def test_database_url() -> str:
    parts = connection.settings_dict
    credentials = f"{quote(parts['USER'])}:{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else quote(parts["USER"])
    return f"postgresql://{credentials}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"


@dataclass
class Started:
    """One process of ours and everything it started."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def family(self) -> list[psutil.Process]:
        try:
            return [psutil.Process(self.pid), *psutil.Process(self.pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def stop(self) -> None:
        family = self.family()
        self.process.terminate()
        psutil.wait_procs(family, timeout=15)
        self.kill(family)

    def kill(self, family: list[psutil.Process] | None = None) -> None:
        """kill -9 of all of it at once, as when the machine runs out of memory."""
        for process in self.family() if family is None else family:
            if process.is_running():
                process.kill()
        self.process.wait()


@dataclass
class RunningPortal:
    """`base_url`, its processes, its figures, and ways to hurt it."""

    folder: Path
    port: int
    workers: int
    threads: int
    env: dict[str, str]
    web: Started | None = None
    others: list[Started] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "portal.log").read_text(errors="replace")

    def start(self) -> None:
        log = self.folder / "portal.log"
        command = portal_command(port=self.port, workers=self.workers, threads=self.threads)
        self.web = Started(spawn(command, cwd=BASE_DIR, log=log, env=self.env), log)
        if not wait_until(self._decided, READY_WITHIN_SECONDS) or not self.is_ready:
            raise AssertionError(f"The portal did not become ready; its log:\n{self.log}")

    def _decided(self) -> bool:
        return self.is_ready or self.web is None or not self.web.is_alive

    @property
    def is_alive(self) -> bool:
        return self.web is not None and self.web.is_alive

    @property
    def is_ready(self) -> bool:
        try:
            with urlopen(f"{self.base_url}/readyz", timeout=5) as answer:  # noqa: S310  # our own address
                return bool(answer.status == 200)
        except (OSError, URLError, HTTPException):
            return False

    def worker_pids(self) -> list[int]:
        """The web processes that answer requests, without granian itself."""
        return [] if self.web is None else [process.pid for process in self.web.family()[1:] if _serves(process)]

    def kill_a_worker(self) -> int:
        """kill -9 of one web process; granian starts another.

        The one that lives longest: granian takes one that dies twice within 5.5 seconds for a crash loop, and exits.
        """
        pid = min(self.worker_pids(), key=lambda pid: psutil.Process(pid).create_time())
        os.kill(pid, signal.SIGKILL)
        return pid

    def kill(self) -> None:
        if self.web is not None:
            self.web.kill()

    def restart(self) -> None:
        """Starts anew after `kill`, or stops and starts, on the same address."""
        if self.web is not None and self.web.is_alive:
            self.web.stop()
        self.start()

    def stop(self) -> None:
        for started in [*self.others, *([self.web] if self.web else [])]:
            started.stop()
        self.others.clear()

    def start_worker(self) -> Started:
        """A Celery worker on the same database and queue."""
        return self._beside("worker", worker_command())

    def start_beat(self) -> Started:
        return self._beside("beat", beat_command())

    def start_gate(self) -> tuple[str, Started]:
        """The gate on the same database and store, and its address; it answers."""
        port = free_port()
        started = self._beside("gate", gate_command(port=port))
        address = f"http://127.0.0.1:{port}"
        if not wait_until(lambda: _answers(port), READY_WITHIN_SECONDS):
            raise AssertionError(f"The gate does not answer; its log:\n{started.log.read_text(errors='replace')}")
        return address, started

    def _beside(self, name: str, command: list[str]) -> Started:
        log = self.folder / f"{name}.log"
        started = Started(spawn(command, cwd=BASE_DIR, log=log, env=self.env), log)
        self.others.append(started)
        return started

    def read(self, path: str) -> str:
        """What stands there. Asked again when a web process that was killed took the connection along."""
        pages: list[str] = []

        def read() -> bool:
            with suppress(ConnectionError, URLError), urlopen(f"{self.base_url}{path}", timeout=10) as answer:  # noqa: S310  # ours
                pages.append(answer.read().decode())
            return bool(pages)

        assert wait_until(read, READY_WITHIN_SECONDS)
        return pages[0]

    def metric(self, name: str, **labels: str) -> float:
        """The sum over all processes of the samples with these labels; 0 where nothing was counted yet."""
        families = text_string_to_metric_families(self.read("/metrics"))
        samples = [sample for family in families for sample in family.samples if sample.name == name]
        return sum(sample.value for sample in samples if labels.items() <= sample.labels.items())


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _serves(process: psutil.Process) -> bool:
    """Python's multiprocessing brings a bookkeeping child of its own along; a dead one not yet buried serves nobody."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(process.cmdline())
    except psutil.Error:
        return False


def new_portal(
    folder: Path, *, workers: int = 2, threads: int = 8, settings: Mapping[str, str] | None = None
) -> RunningPortal:
    """Not started yet. The folder gets its logs, its metrics and its mail."""
    port = free_port()
    env = {
        **os.environ,
        "PORTAL_DATABASE_URL": test_database_url(),
        "PORTAL_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORTAL_MAIL_DIR": str(folder / "mail"),
        # Every thread compares secrets, so that a storm meets the counting with all of them.
        "PORTAL_ENTRIES_AT_ONCE": str(threads),
        "PROMETHEUS_MULTIPROC_DIR": str(fresh_metrics_dir(folder / "metrics")),
        **(settings or {}),
    }
    return RunningPortal(folder=folder, port=port, workers=workers, threads=threads, env=env)


def collect_static() -> None:
    """Once a session: the really running portal serves hashed names, as production does."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=BASE_DIR, check=True)
