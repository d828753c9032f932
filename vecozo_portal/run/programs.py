"""The programs of a run, as the children that its supervisor keeps alive."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn
from vecozo_portal.run.gate import gate_command
from vecozo_portal.run.portal import portal_command
from vecozo_portal.run.ports import Ports
from vecozo_portal.run.supervisor import Child
from vecozo_portal.run.worker import beat_command, sign_of_life, worker_command

# Programs that touch a file when they are at work.
SILENT = {
    "worker": worker_command(),
    "beat": beat_command(),
    "gate-worker": [sys.executable, "manage.py", "gate_worker"],
}
ANSWERS_WITHIN_SECONDS = 5


def programs(state_dir: Path, ports: Ports, env: Mapping[str, str], *, with_demo: bool) -> list[Child]:
    """Not started yet. The demo's service is there only where there are demo people to query it."""
    child = partial(_child, state_dir, env)
    children = [
        child("portal", portal_command(port=ports.portal), answering(ports.portal, "/readyz")),
        child("gate", gate_command(port=ports.gate), answering(ports.gate, "/healthz")),
    ]
    if with_demo:
        service = demo_service_command(ports)
        children.append(child("demo-service", service, answering(ports.demo_service, "/healthz")))
    for name, command in SILENT.items():
        sign_of_life(state_dir, name).unlink(missing_ok=True)
        children.append(child(name, command, sign_of_life(state_dir, name).exists))
    return children


def demo_service_command(ports: Ports) -> list[str]:
    listens = ["--port", str(ports.demo_service), "--gate-port", str(ports.gate)]
    return [sys.executable, "-m", "vecozo_portal.demo.service", *listens]


def answering(port: int, path: str) -> Callable[[], bool]:
    """Where nobody listens yet, a question can meet itself on a port of loopback: that is no answer either."""

    def answers() -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=ANSWERS_WITHIN_SECONDS) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except (OSError, URLError, HTTPException):
            return False

    return answers


def _child(
    state_dir: Path, env: Mapping[str, str], name: str, command: list[str], answers: Callable[[], bool]
) -> Child:
    log = state_dir / f"{name}.log"
    return Child(name, lambda: spawn(command, cwd=BASE_DIR, log=log, env=env), answers, log)
