"""A portal of the bench's own: engines, database and web processes in a folder that is gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from vecozo_portal.engines import Engine, EngineFailure, PostgresEngine, ValkeyEngine
from vecozo_portal.engines.engine import new_password
from vecozo_portal.engines.home import engine_home
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.owner import Owner
from vecozo_portal.processes.ports import free_port
from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.portal import fresh_metrics_dir, portal_command

READY_WITHIN_SECONDS = 60.0
STOP_WITHIN_SECONDS = 15.0
# A hash as cheap as Argon2 allows.
CHEAP = {"PORTAL_ARGON2_MEMORY_KIB": "8", "PORTAL_ARGON2_PASSES": "1", "PORTAL_ARGON2_LANES": "1"}


@contextmanager
def own_portal(*, workers: int, threads: int, settings: Mapping[str, str]) -> Iterator[str]:
    """The address of a running portal. Its settings are this process's too, so that models find its database."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        port = free_port()
        os.environ.update(surroundings(folder, port) | engines(folder, stack) | dict(settings))
        for step in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
            subprocess.run([sys.executable, "manage.py", *step], cwd=BASE_DIR, check=True)
        stack.enter_context(_web(folder, port, workers, threads))
        yield f"http://127.0.0.1:{port}"


def surroundings(folder: Path, port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "vecozo_portal.settings",
        "PORTAL_ENVIRONMENT": "test",
        "PORTAL_DEMO": "",
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(50),
        "PORTAL_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORTAL_STATE_DIR": str(folder),
        "PORTAL_MAIL_DIR": str(folder / "mail"),
        "PORTAL_LOG_LEVEL": "WARNING",
        # All guesses come from one address, and what is measured is the account's own count.
        "PORTAL_SOURCE_LIMIT": "off",
        "PORTAL_SOURCE_NUMBERS_LIMIT": "off",
    }


def engines(folder: Path, stack: ExitStack) -> dict[str, str]:
    """PostgreSQL and Valkey as `make run` has them, durable."""
    owner = Owner.for_engines()
    home = engine_home(folder, owner)
    if home.parent != folder:
        stack.callback(shutil.rmtree, home, ignore_errors=True)
    postgres = PostgresEngine(owner, free_port(), new_password())
    valkey = ValkeyEngine(owner, free_port(), new_password())
    for engine in (postgres, valkey):
        _start(engine, home, stack)
    postgres.create_database()
    return {"PORTAL_DATABASE_URL": postgres.url, "PORTAL_REDIS_URL": valkey.url}


def _start(engine: Engine, home: Path, stack: ExitStack) -> None:
    engine.settle(home)
    engine.start()
    stack.callback(engine.stop)
    engine.wait_ready()


@contextmanager
def _web(folder: Path, port: int, workers: int, threads: int) -> Iterator[None]:
    log = folder / "portal.log"
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(fresh_metrics_dir(folder / "metrics"))}
    web = spawn(portal_command(port=port, workers=workers, threads=threads), cwd=BASE_DIR, log=log, env=env)
    try:
        if not wait_until(lambda: _is_ready(port) or web.poll() is not None, READY_WITHIN_SECONDS) or web.poll():
            raise EngineFailure(f"The portal did not become ready. Its log:\n{log.read_text(errors='replace')}")
        yield
    finally:
        web.terminate()
        try:
            web.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            web.kill()
            web.wait()


def _is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:  # our own address
            return bool(answer.status == 200)
    except (OSError, URLError, HTTPException):
        return False
