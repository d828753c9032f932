"""What the two engines share: a home, an owner, a port, a password, and a way to be started and stopped."""

import secrets
import signal
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.owner import Owner
from vecozo_portal.processes.waiting import wait_until

READY_WITHIN_SECONDS = 60.0
STOP_WITHIN_SECONDS = 20.0
LOG_TAIL_LINES = 15


class EngineFailure(Exception):
    """An engine that cannot be used, in one sentence for who typed the command."""


class Engine(ABC):
    """One server on loopback. `settle`, then `start`; `start` again after a crash recovers by itself."""

    name: str
    title: str
    stop_signal = signal.SIGTERM

    def __init__(self, owner: Owner, port: int, password: str, *, durable: bool = True) -> None:
        self.owner = owner
        self.port = port
        self.password = password
        self.durable = durable
        self.holds: tuple[int, ...] = ()
        self.process: subprocess.Popen[bytes] | None = None

    def settle(self, home: Path) -> None:
        """Makes what is missing under its home; safe on what exists. Raises `EngineFailure`."""
        self.home = home
        self.data = home / self.name
        self.log = home / f"{self.name}.log"
        self.prepare()

    @abstractmethod
    def prepare(self) -> None:
        """What `settle` does for this kind of engine."""

    @abstractmethod
    def command(self) -> Sequence[str]: ...

    @abstractmethod
    def answers(self) -> bool: ...

    @property
    @abstractmethod
    def url(self) -> str: ...

    def configuration(self) -> bytes:
        """What the server reads from its standard input, if anything."""
        return b""

    def start(self) -> subprocess.Popen[bytes]:
        self.process = spawn(
            self.command(),
            cwd=self.home,
            log=self.log,
            owner=self.owner,
            standard_input=self.configuration(),
            holds=self.holds,
            die_with=self.stop_signal,
        )
        return self.process

    def stop(self, within: float = STOP_WITHIN_SECONDS) -> None:
        """Asks in a way that leaves data whole, then insists."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def kill(self) -> None:
        """kill -9, as when the machine runs out of memory."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def wait_ready(self, within: float = READY_WITHIN_SECONDS) -> None:
        """Raises `EngineFailure` with the end of its log when it dies or stays silent."""
        process = self.process
        if process is None or not wait_until(lambda: process.poll() is not None or self.answers(), within):
            raise EngineFailure(f"{self.title} does not answer after {within:.0f} seconds. {self.last_words()}")
        if process.poll() is not None:
            raise EngineFailure(f"{self.title} stopped while starting. {self.last_words()}")

    def last_words(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").splitlines()[-LOG_TAIL_LINES:]
        except OSError:
            lines = []
        return "\n".join([f"Its log ({self.log}) ends with:", *(f"  {line}" for line in lines)])


def new_password() -> str:
    return secrets.token_urlsafe(24)
