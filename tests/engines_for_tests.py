"""Real servers for the tests: the ones that PORTAL_DATABASE_URL and PORTAL_REDIS_URL name, or the embedded engines.

The environment is prepared when tests/conftest.py is imported, before anything reads settings; the engines start once,
in the process that was typed, and pytest-xdist's workers inherit their addresses. Durability is off: a test database
that loses power is made anew.
"""

import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from vecozo_portal.engines import Engine, PostgresEngine, ValkeyEngine
from vecozo_portal.engines.engine import new_password
from vecozo_portal.engines.home import engine_home
from vecozo_portal.processes.owner import Owner
from vecozo_portal.processes.ports import free_port

# A hash as cheap as Argon2 allows: tests prove how often secrets are verified, not how slowly.
CHEAP = {"PORTAL_ARGON2_MEMORY_KIB": "8", "PORTAL_ARGON2_PASSES": "1", "PORTAL_ARGON2_LANES": "1"}
STEADY = {
    "DJANGO_SETTINGS_MODULE": "vecozo_portal.settings",
    # Playwright runs an event loop in the thread of the test, and Django would refuse the database there.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    "PORTAL_ENVIRONMENT": "test",
    "PORTAL_DEMO": "1",
    "PORTAL_SECRET_KEY": "for-tests-only-for-tests-only-for-tests-only-for-tests-only",
    "PORTAL_PUBLIC_URL": "http://localhost:8000",
    "PORTAL_MAIL_DIR": "",
    # Every test comes from one address, and many are wrong on purpose.
    "PORTAL_SOURCE_LIMIT": "off",
    "PORTAL_SOURCE_NUMBERS_LIMIT": "off",
    "PORTAL_REFUSAL_FLOOR_MS": "0",
}
XDIST_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

_started: list[Engine] = []
_folder: Path | None = None
_to_start: dict[str, Engine] = {}


def prepare() -> None:
    """Chooses ports and passwords, so that settings can be read; starts nothing yet."""
    global _folder  # noqa: PLW0603
    os.environ.update(CHEAP | STEADY)
    if XDIST_WORKER:
        _own_corner()
        return
    _folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    _folder.chmod(0o711)
    os.environ["PORTAL_STATE_DIR"] = str(_folder)
    owner = Owner.for_engines()
    if not os.environ.get("PORTAL_DATABASE_URL"):
        _engine("PORTAL_DATABASE_URL", PostgresEngine(owner, free_port(), new_password(), durable=False))
    if not os.environ.get("PORTAL_REDIS_URL"):
        _engine("PORTAL_REDIS_URL", ValkeyEngine(owner, free_port(), new_password(), durable=False))


def _engine(variable: str, engine: Engine) -> None:
    os.environ[variable] = engine.url
    _to_start[variable] = engine


def _own_corner() -> None:
    """A worker of pytest-xdist has a test database by itself; its queue and files are kept apart here."""
    parts = urlsplit(os.environ["PORTAL_REDIS_URL"])
    os.environ["PORTAL_REDIS_URL"] = urlunsplit(parts._replace(path=f"/{int(XDIST_WORKER.removeprefix('gw')) + 1}"))
    corner = Path(os.environ["PORTAL_STATE_DIR"]) / XDIST_WORKER
    (corner / "static").mkdir(parents=True, exist_ok=True)
    os.environ["PORTAL_STATE_DIR"] = str(corner)


def start() -> None:
    (Path(os.environ["PORTAL_STATE_DIR"]) / "static").mkdir(exist_ok=True)
    if _folder is None or not _to_start:
        return
    home = engine_home(_folder, Owner.for_engines())
    for engine in _to_start.values():
        engine.settle(home)
        engine.start()
        _started.append(engine)
    for engine in _started:
        engine.wait_ready()
        if isinstance(engine, PostgresEngine):
            engine.create_database()


def stop() -> None:
    while _started:
        _started.pop().stop()
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)
