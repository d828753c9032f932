"""The stage for the gate's figures: engines, a software account with quotas, and servers that are started beside it."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from bench.own_portal import STOP_WITHIN_SECONDS, engines, surroundings
from bench.people import contact_person_beside
from vecozo_portal.engines import EngineFailure
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.ports import free_port
from vecozo_portal.processes.waiting import wait_until

if TYPE_CHECKING:
    from accounts.models import Account

READY_WITHIN_SECONDS = 30.0
NETWORK, ADDRESS = "192.0.2.0/24", "192.0.2.9"
PLENTY = 100_000_000


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everything is, and the headers with which a gateway asks."""

    folder: Path
    account: Account
    headers: Mapping[str, str]
    stack: ExitStack

    def serve(
        self, command: Sequence[str], port: int, *, name: str, more: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """Start a server, with `more` in its environment, and wait until it answers anything; its address."""
        address = f"http://127.0.0.1:{port}"
        self.run(command, lambda: _answers(address), name=f"{name}-{port}", more=more)
        return address

    def run(
        self,
        command: Sequence[str],
        is_ready: Callable[[], bool],
        *,
        name: str,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Start a program and wait until it is ready; it is stopped when the stage ends."""
        log = self.folder / f"{name}.log"
        process = spawn(command, cwd=BASE_DIR, log=log, env=os.environ | dict(more))
        self.stack.callback(_stop, process)
        if not wait_until(lambda: is_ready() or process.poll() is not None, READY_WITHIN_SECONDS) or process.poll():
            raise EngineFailure(f"{name} does not answer. Its log:\n{log.read_text(errors='replace')}")

    def asking_for(self, user_number: str) -> dict[str, str]:
        """The headers of a gateway that asks for another account."""
        return {**self.headers, "Portal-User-Number": user_number}

    def granian(
        self, application: str, *, interface: str, name: str, more: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """One worker of granian with its own defaults, as the gate has."""
        port = free_port()
        options = ["--interface", interface, "--http", "1", "--port", str(port), "--workers", "1"]
        command = [sys.executable, "-m", "granian", *options, "--log-level", "warning", "--no-ws", application]
        return self.serve(command, port, name=name, more=more)

    def gate(self) -> str:
        from vecozo_portal.run.gate import gate_command  # noqa: PLC0415

        port = free_port()
        return self.serve(gate_command(port=port), port, name="gate")


@contextmanager
def gate_stage() -> Iterator[Stage]:
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        token = secrets.token_urlsafe(32)
        os.environ.update(surroundings(folder, free_port()) | engines(folder, stack))
        os.environ["PORTAL_GATEWAY_TOKENS"] = token
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=BASE_DIR, check=True)
        account = _software()
        contact_person_beside(account)
        yield Stage(folder, account, _headers(account, token), stack)


def _headers(account: Account, token: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {token}",
        "Portal-User-Number": account.user_number,
        "Portal-Client-Address": ADDRESS,
    }


def _software() -> Account:
    """One system account with two windows that are never full."""
    import django  # noqa: PLC0415

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from accounts.actors import PORTAL  # noqa: PLC0415
    from accounts.choices import AccountKind, AccountState, LegalBasis  # noqa: PLC0415
    from accounts.models import Organisation, Service  # noqa: PLC0415
    from accounts.services import authorise, create_account, register_address  # noqa: PLC0415
    from blocking.choices import QuotaWindow  # noqa: PLC0415
    from blocking.services.quota import set_quota  # noqa: PLC0415

    at = timezone.now()
    home = Organisation.objects.create(name="Bench", agb_code="00000001", created_at=at)
    system, active = AccountKind.SYSTEM, AccountState.ACTIVE
    account = create_account(organisation=home, name="Software", kind=system, state=active, by=PORTAL, at=at)
    service = Service.objects.create(code="cov", name="Bench", legal_basis=LegalBasis.ZVW)
    authorise(account, service=service, by=PORTAL, at=at)
    register_address(account, network=NETWORK, by=PORTAL, at=at)
    for window in (QuotaWindow.DAY, QuotaWindow.HOUR):
        set_quota(service, kind=AccountKind.SYSTEM, window=window, limit=PLENTY, by=PORTAL, at=at)
    return account


def ask(url: str, headers: Mapping[str, str]) -> int:
    """The status of one question."""
    try:
        with urlopen(Request(url, headers=dict(headers)), timeout=5) as answer:  # noqa: S310  # our own address
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def _answers(address: str) -> bool:
    try:
        return ask(address, {}) > 0
    except (OSError, URLError, HTTPException):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
