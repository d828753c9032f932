"""The embedded engines: private, durable, and back after a kill."""

import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from vecozo_portal.engines import Engine, EngineFailure, PostgresEngine, ValkeyEngine
from vecozo_portal.engines.engine import new_password
from vecozo_portal.engines.home import engine_home
from vecozo_portal.processes.owner import Owner
from vecozo_portal.processes.ports import free_port

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Outside pytest's own folder, which is closed to `nobody`."""
    with tempfile.TemporaryDirectory(prefix="portal-engines-") as folder:
        Path(folder).chmod(0o711)
        yield engine_home(Path(folder), Owner.for_engines())


def running(engine: Engine, home: Path) -> Engine:
    engine.settle(home)
    engine.start()
    engine.wait_ready()
    return engine


@pytest.fixture(scope="module")
def postgres(home: Path) -> Iterator[PostgresEngine]:
    engine = PostgresEngine(Owner.for_engines(), free_port(), new_password())
    running(engine, home)
    engine.create_database()
    yield engine
    engine.stop()


@pytest.fixture(scope="module")
def valkey(home: Path) -> Iterator[ValkeyEngine]:
    engine = ValkeyEngine(Owner.for_engines(), free_port(), new_password())
    running(engine, home)
    yield engine
    engine.stop()


def killed(engine: Engine) -> None:
    assert engine.process is not None
    family = psutil.Process(engine.process.pid).children(recursive=True)
    engine.process.kill()
    engine.process.wait()
    psutil.wait_procs(family, timeout=15)


def user_of(engine: Engine) -> str:
    assert engine.process is not None
    return psutil.Process(engine.process.pid).username()


def test_postgres_keeps_committed_rows_through_a_kill(postgres: PostgresEngine, home: Path) -> None:
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('still here')")
    killed(postgres)
    running(postgres, home)
    with psycopg.connect(postgres.url) as connection:
        assert ("still here",) in connection.execute("SELECT word FROM kept").fetchall()


def test_an_error_is_logged_without_what_it_was_about(postgres: PostgresEngine) -> None:
    """A row that is refused is not copied into the log: not as statement, not as parameter, not as "failing row"."""
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS refusing (word text UNIQUE CHECK (word <> 'merkteken een'))")
        connection.execute("INSERT INTO refusing VALUES ('merkteken twee') ON CONFLICT DO NOTHING")
        for word in ("merkteken een", "merkteken twee"):
            with pytest.raises(psycopg.IntegrityError):
                connection.execute("INSERT INTO refusing VALUES (%s)", [word])
            with pytest.raises(psycopg.IntegrityError):
                connection.execute(f"INSERT INTO refusing VALUES ('{word}')")  # noqa: S608  # Django writes them so
    log = postgres.log.read_text(errors="replace")
    assert log.count("violates") == 4
    assert "merkteken" not in log


def test_postgres_starts_though_its_old_number_now_is_of_another_program(postgres: PostgresEngine, home: Path) -> None:
    killed(postgres)
    left_behind = postgres.data / "postmaster.pid"
    left_behind.write_text(left_behind.read_text().replace(left_behind.read_text().split("\n")[0], str(os.getpid()), 1))
    running(postgres, home)
    assert postgres.answers()


def test_postgres_wants_its_password(postgres: PostgresEngine) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url.replace(postgres.password, "another"))


def test_postgres_writes_to_disk_before_it_says_done(postgres: PostgresEngine) -> None:
    with psycopg.connect(postgres.url) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)


def test_postgres_brings_the_extensions_of_the_design(postgres: PostgresEngine) -> None:
    with psycopg.connect(postgres.url) as connection:
        found = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions").fetchall()}
    assert {"btree_gist", "citext", "pg_trgm", "unaccent"} <= found


def test_valkey_keeps_what_is_queued_through_a_kill(valkey: ValkeyEngine, home: Path) -> None:
    with redis.Redis.from_url(valkey.url) as client:
        client.rpush("queue", "still here")
        client.waitaof(1, 0, 5000)
    killed(valkey)
    running(valkey, home)
    with redis.Redis.from_url(valkey.url) as client:
        assert client.lrange("queue", 0, -1) == [b"still here"]


def test_valkey_wants_its_password_and_drops_nothing(valkey: ValkeyEngine) -> None:
    with redis.Redis(port=valkey.port) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    with redis.Redis.from_url(valkey.url) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("appendonly") == {"appendonly": "yes"}


def test_engines_are_heard_on_loopback_only(postgres: PostgresEngine, valkey: ValkeyEngine) -> None:
    for engine in (postgres, valkey):
        assert engine.process is not None
        connections = psutil.Process(engine.process.pid).net_connections()
        assert {each.laddr.ip for each in connections if each.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_engines_never_run_as_root(postgres: PostgresEngine, valkey: ValkeyEngine) -> None:
    expected = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    assert {user_of(postgres), user_of(valkey)} == {expected}


def test_no_password_shows_in_the_list_of_processes(postgres: PostgresEngine, valkey: ValkeyEngine) -> None:
    for engine in (postgres, valkey):
        assert engine.process is not None
        process = psutil.Process(engine.process.pid)
        assert engine.password not in " ".join([*process.cmdline(), *process.environ().values()])


def test_a_folder_that_is_no_data_folder_is_named(home: Path) -> None:
    engine = PostgresEngine(Owner.for_engines(), free_port(), new_password())
    with tempfile.TemporaryDirectory(dir=home) as other:
        (Path(other) / "postgres").mkdir()
        with pytest.raises(EngineFailure, match=r"is no PostgreSQL data folder\. Move it away"):
            engine.settle(Path(other))


def test_a_damaged_data_folder_is_told_with_the_end_of_the_log(home: Path) -> None:
    engine = PostgresEngine(Owner.for_engines(), free_port(), new_password(), durable=False)
    with tempfile.TemporaryDirectory(dir=home) as other:
        Path(other).chmod(0o711)
        engine.settle(Path(other))
        (engine.data / "global" / "pg_control").unlink()
        engine.start()
        with pytest.raises(EngineFailure, match=r"(?s)PostgreSQL stopped while starting.*pg_control"):
            engine.wait_ready()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's engines run as somebody else")
def test_closed_parents_stay_closed_and_the_engines_live_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr("vecozo_portal.engines.home.ELSEWHERE", elsewhere)
    home = engine_home(closed, Owner.for_engines())
    assert home.parent == elsewhere
    assert (closed / "engines").resolve() == home
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert engine_home(closed, Owner.for_engines()) == home
