"""The run itself: engines, preparation, then the portal, the gate and their workers, then watching."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg

from vecozo_portal.engines import Engine, PostgresEngine, ValkeyEngine
from vecozo_portal.engines.home import engine_home
from vecozo_portal.processes.owner import Owner
from vecozo_portal.processes.secret_files import write_secretly
from vecozo_portal.run.failures import RunFailure
from vecozo_portal.run.lock import only_run
from vecozo_portal.run.portal import fresh_metrics_dir
from vecozo_portal.run.ports import Ports
from vecozo_portal.run.preparation import Facts, Preparation
from vecozo_portal.run.programs import programs
from vecozo_portal.run.supervisor import Child, Supervisor
from vecozo_portal.run.surroundings import Keepsakes, env_file, given, settings_of_run
from vecozo_portal.run.welcome import Whereabouts, welcome

FIRST_START_NEEDS_BYTES = 300 * 1024**2
LATER_START_NEEDS_BYTES = 50 * 1024**2


class PortalRun:
    def __init__(self, state_dir: Path, ports: Ports, say: Callable[[str], None]) -> None:
        self.state_dir = state_dir
        self.ports = ports
        self.say = say
        self.supervisor = Supervisor(say)
        self.on_fresh_data = False

    def run(self) -> None:
        """Until it is asked to stop. Raises `RunFailure`, `EngineFailure`, `StopAsked` or `OSError`."""
        self._make_state_dir()
        with only_run(self.state_dir) as lock, self.supervisor.listening():
            self.ports.see_that_they_are_free()
            self._bring_up(lock)
            self.supervisor.watch()
            self.say("Stopping ...")
        (self.state_dir / "portal.env").unlink(missing_ok=True)

    def _make_state_dir(self) -> None:
        first = not (self.state_dir / "engines").exists()
        # Others may walk through, for the engines, but see nothing; what is secret in it is ours alone.
        if not self.state_dir.exists():
            self.state_dir.mkdir(parents=True)
            self.state_dir.chmod(0o711)
        needed = FIRST_START_NEEDS_BYTES if first else LATER_START_NEEDS_BYTES
        free = shutil.disk_usage(self.state_dir).free
        if free < needed:
            figures = f"{free // 1024**2} MB is free and {needed // 1024**2} MB is needed"
            raise RunFailure(f"The disk of {self.state_dir} is full: {figures}.")

    def _bring_up(self, lock: int) -> None:
        keepsakes = Keepsakes.of(self.state_dir)
        addresses = self._bring_up_engines(keepsakes, lock)
        self.settings = settings_of_run(self.state_dir, self.ports, keepsakes, addresses)
        self.env = {**os.environ, **self.settings}
        write_secretly(self.state_dir / "portal.env", env_file(self.settings))
        self._welcome(self._bring_up_programs())

    def _bring_up_programs(self) -> Facts:
        """What the welcome tells. Where nothing is to be prepared, it is asked while the programs start."""
        preparation = Preparation(self.state_dir, dict(self.env), self.supervisor.go_on)
        facts = preparation.prepare() if self.on_fresh_data or not preparation.is_done() else None
        # Only now: what the demo's history compared and blocked is not the portal's to count.
        self.env["PROMETHEUS_MULTIPROC_DIR"] = str(fresh_metrics_dir(self.state_dir / "metrics"))
        children = programs(self.state_dir, self.ports, self.env, with_demo=preparation.has_demo())
        self.supervisor.launch(*children)
        facts = facts or preparation.tell()
        self.supervisor.wait_for(*children)
        return facts

    # -- engines ------------------------------------------------------------------------------------------------

    def _bring_up_engines(self, kept: Keepsakes, lock: int) -> dict[str, str]:
        owner = Owner.for_engines()
        addresses = {name: given(name) for name in ("database_url", "redis_url")}
        if addresses["database_url"]:
            _see_that_it_answers(addresses["database_url"])
            self.on_fresh_data = True  # as far as we know: it is not ours
        else:
            postgres = PostgresEngine(owner, kept.postgres_port, kept.postgres_password)
            addresses["database_url"] = self._bring_up_engine(postgres, lock)
            postgres.create_database()
        if not addresses["redis_url"]:
            valkey = ValkeyEngine(owner, kept.valkey_port, kept.valkey_password)
            addresses["redis_url"] = self._bring_up_engine(valkey, lock)
        return addresses

    def _bring_up_engine(self, engine: Engine, lock: int) -> str:
        home = engine_home(self.state_dir, engine.owner)
        engine.holds = (lock,)
        self.on_fresh_data |= not (home / engine.name).exists()
        engine.settle(home)
        self.supervisor.bring_up(
            Child(engine.title, engine.start, engine.answers, engine.log, stop_signal=engine.stop_signal)
        )
        return engine.url

    # -- what it says -------------------------------------------------------------------------------------------

    def _welcome(self, facts: Facts) -> None:
        people = str(facts.get("people") or "")
        mail_page, codes_page = (str(facts.get(name) or "") for name in ("mail_page", "codes_page"))
        places = Whereabouts(self.ports, mail_page=mail_page, codes_page=codes_page, with_demo=bool(people))
        ready = welcome(places, people)
        self.say(f"\n{ready}\n\n{self._whereabouts()} Ctrl-C stops everything.\n")

    def _whereabouts(self) -> str:
        """The engines' folder only where it is another one: whoever throws away one may forget the other."""
        engines = self.state_dir / "engines"
        elsewhere = f" The engines' data are in {engines.resolve()}." if engines.is_symlink() else ""
        return f"Data and logs are in {self.state_dir}.{elsewhere}"


def _see_that_it_answers(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise RunFailure(f"PostgreSQL at PORTAL_DATABASE_URL does not answer: {str(error).strip()}") from None
