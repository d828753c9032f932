"""Migrations, static files and demo data, and when they may be left out.

They cost a third of a start. When no file of the portal changed since they were last done on this very data folder,
there is nothing to do but to ask who the demo people are: their numbers and PINs are kept nowhere. The programs need
not wait for that.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from vecozo_portal.environment import BASE_DIR, variable
from vecozo_portal.processes.children import spawn
from vecozo_portal.processes.secret_files import write_secretly
from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.failures import RunFailure
from vecozo_portal.run.supervisor import last_words

Facts = Mapping[str, object]

PACKAGES = ("vecozo_portal", "desk", "gate", "certificates", "blocking", "messagebox", "accounts")
# What decides, beside the files, which data there should be.
SETTINGS = ("environment", "demo", "database_url")


class Preparation:
    def __init__(self, state_dir: Path, env: Mapping[str, str], go_on: Callable[[], None]) -> None:
        self.log = state_dir / "prepare.log"
        self.memory = state_dir / "prepared.json"
        self.env = env
        self.go_on = go_on

    def is_done(self) -> bool:
        return self._remembered().get("fingerprint") == self._fingerprint()

    def prepare(self) -> Facts:
        """Do what is to be done, and tell what the welcome shows. Raises `RunFailure` or `StopAsked`."""
        fingerprint = self._fingerprint()
        self.memory.unlink(missing_ok=True)
        facts = self._facts()
        done = {"fingerprint": fingerprint, "has_demo": bool(facts.get("people"))}
        write_secretly(self.memory, json.dumps(done))
        return facts

    def tell(self) -> Facts:
        """What the welcome shows, where everything is prepared. Raises `RunFailure` or `StopAsked`."""
        return self._facts("--only-tell")

    def has_demo(self) -> bool:
        """Whether there are demo people, as the last preparation found it."""
        return bool(self._remembered().get("has_demo"))

    def _remembered(self) -> dict[str, Any]:
        try:
            found = json.loads(self.memory.read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _fingerprint(self) -> str:
        settings = [self.env.get(variable(name), "") for name in SETTINGS]
        return hashlib.sha256("\n".join([*settings, *_files(), *_installed()]).encode()).hexdigest()

    def _facts(self, *options: str) -> Facts:
        told = self.memory.with_suffix(".told")
        told.unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)
        command = [sys.executable, "manage.py", "prepare_portal", "--no-color", "--tell", str(told), *options]
        process = spawn(command, cwd=BASE_DIR, log=self.log, env=self.env)
        self._see_it_through(process)
        if process.returncode != 0:
            raise RunFailure(f"The portal could not be prepared. {last_words(self.log)}")
        try:
            facts: Facts = json.loads(told.read_text())
        finally:
            told.unlink()
        return facts

    def _see_it_through(self, process: "subprocess.Popen[bytes]") -> None:
        """However long it takes: a large database migrates slowly. Whoever asks to stop need not wait for it."""
        try:
            while not wait_until(lambda: process.poll() is not None, within=1.0):
                self.go_on()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        self.go_on()


def _files() -> Iterator[str]:
    for package in PACKAGES:
        for path in sorted((BASE_DIR / package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                seen = path.stat()
                yield f"{path} {seen.st_mtime_ns} {seen.st_size}"


def _installed() -> Iterator[str]:
    """Another version of Django brings other migrations and static files."""
    for path in sorted(Path(folder) for folder in sys.path if folder.endswith("site-packages")):
        yield from sorted(found.name for found in path.glob("*.dist-info"))
