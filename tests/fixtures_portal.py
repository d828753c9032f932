"""`running_portal` and `start_portal`; tests/portal_process.py tells what they can do.

`own_engines` gives a test a PostgreSQL (migrated) and a Valkey to kill and start again:

    portal = start_portal(settings=own_engines.settings)
    own_engines.postgres.kill(); ...; own_engines.revive()
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.portal_process import RunningPortal, collect_static, new_portal
from vecozo_portal.engines import Engine, PostgresEngine, ValkeyEngine
from vecozo_portal.engines.engine import new_password
from vecozo_portal.engines.home import engine_home
from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.owner import Owner
from vecozo_portal.processes.ports import free_port
from vecozo_portal.processes.waiting import wait_until


@pytest.fixture(scope="session")
def _static_files() -> None:
    collect_static()


@pytest.fixture(scope="session")
def _shared_portal(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    _static_files: None,
) -> Iterator[RunningPortal]:
    with django_db_blocker.unblock():
        portal = new_portal(tmp_path_factory.mktemp("portal"))
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def running_portal(transactional_db: None, _shared_portal: RunningPortal) -> RunningPortal:
    """The session's portal, started anew if an earlier test left it dead."""
    if not _shared_portal.is_alive:
        _shared_portal.start()
    return _shared_portal


@pytest.fixture
def start_portal(transactional_db: None, tmp_path: Path, _static_files: None) -> Iterator[Callable[..., RunningPortal]]:
    """A portal of your own: `start_portal(workers=2, threads=8, settings={...})`; stopped when the test ends."""
    started: list[RunningPortal] = []

    def start(*, workers: int = 2, threads: int = 8, settings: Mapping[str, str] | None = None) -> RunningPortal:
        folder = tmp_path / f"portal-{len(started)}"
        folder.mkdir()
        portal = new_portal(folder, workers=workers, threads=threads, settings=settings)
        started.append(portal)
        portal.start()
        return portal

    yield start
    for portal in started:
        portal.stop()


@dataclass(frozen=True)
class OwnEngines:
    postgres: PostgresEngine
    valkey: ValkeyEngine

    @property
    def settings(self) -> dict[str, str]:
        return {"PORTAL_DATABASE_URL": self.postgres.url, "PORTAL_REDIS_URL": self.valkey.url}

    def revive(self) -> None:
        """Processes of a killed server may still be on their way out, and then a start fails; so it is tried again."""
        for engine in (self.postgres, self.valkey):
            assert wait_until(partial(_revived, engine), within=60)


def _revived(engine: Engine) -> bool:
    if engine.process is None or engine.process.poll() is not None:
        engine.start()
    return wait_until(lambda: engine.answers() or engine.process is None or engine.process.poll() is not None, 20) and (
        engine.answers()
    )


@pytest.fixture
def own_engines(_own_engines: OwnEngines) -> OwnEngines:
    """Alive when the test begins, whatever an earlier test did to them."""
    _own_engines.revive()
    return _own_engines


@pytest.fixture(scope="session")
def _own_engines() -> Iterator[OwnEngines]:
    owner = Owner.for_engines()
    engines = OwnEngines(
        PostgresEngine(owner, free_port(), new_password(), durable=False),
        ValkeyEngine(owner, free_port(), new_password()),
    )
    with tempfile.TemporaryDirectory(prefix="portal-own-engines-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        for engine in (engines.postgres, engines.valkey):
            engine.settle(engine_home(Path(folder), owner))
            engine.start()
            engine.wait_ready()
        engines.postgres.create_database()
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=BASE_DIR, env=os.environ | engines.settings, check=True)
        yield engines
        engines.valkey.stop()
        engines.postgres.stop()
