"""PostgreSQL on loopback with a password (scram), as a child of ours."""

import signal
import socket
import struct
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from vecozo_portal.engines.binaries import postgres_binaries
from vecozo_portal.engines.engine import Engine, EngineFailure
from vecozo_portal.processes.children import run_to_end
from vecozo_portal.processes.secret_files import write_secretly

SUPERUSER = "postgres"
DATABASE = "portal"
# Sized for one machine shared with everything else; durability stays PostgreSQL's own default unless said otherwise.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
    "logging_collector": "off",
    # An error is logged without the statement, its parameters and the row it was about: those hold names and hashes.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "jit": "off",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


class PostgresEngine(Engine):
    name = "postgres"
    title = "PostgreSQL"

    # "Fast": whoever is connected is sent away, and nothing is lost.
    stop_signal = signal.SIGINT

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def prepare(self) -> None:
        self.binaries = postgres_binaries(self.home)
        if not self.data.exists():
            self._create_cluster()
        if not (self.data / "PG_VERSION").exists():
            raise EngineFailure(
                f"The folder {self.data} is no PostgreSQL data folder. Move it away to begin with an empty portal."
            )
        # Whoever runs on this folder holds its lock, so a number left in this file is of a process that is gone, and
        # by now perhaps of another program, for which PostgreSQL would refuse to start.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def command(self) -> Sequence[str]:
        settings = SETTINGS | ({} if self.durable else NOT_DURABLE)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.binaries / "bin" / "postgres"), "-D", str(self.data), "-p", str(self.port), *options]

    def create_database(self) -> None:
        """Makes the portal's database when it is not there."""
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def url_of(self, database: str) -> str:
        return f"postgresql://{SUPERUSER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def answers(self) -> bool:
        """Whether it takes connections: it asks for a password instead of saying that it is still starting."""
        parameters = f"user\0{SUPERUSER}\0database\0{DATABASE}\0\0".encode()
        startup = struct.pack("!ii", 8 + len(parameters), 196608) + parameters
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(startup)
                answer = connection.recv(512)
        except OSError:
            return False
        return answer.startswith(b"R")

    def _create_cluster(self) -> None:
        """Made under another name first: a first start that was interrupted leaves no half a cluster behind."""
        draft = self.home / "postgres.draft"
        run_to_end(["rm", "-rf", str(draft)])
        self.owner.own_folder(draft)
        password_file = draft.with_name("postgres.password")
        write_secretly(password_file, self.password)
        self.owner.give(password_file, 0o400)
        try:
            self._initdb(draft, password_file)
        finally:
            password_file.unlink()
        draft.rename(self.data)

    def _initdb(self, folder: Path, password_file: Path) -> None:
        options = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        speed = [] if self.durable else ["--no-sync"]
        initdb = [str(self.binaries / "bin" / "initdb"), "-D", str(folder), "-U", SUPERUSER, "--auth=scram-sha-256"]
        done = run_to_end([*initdb, f"--pwfile={password_file}", *options, *speed], cwd=self.home, owner=self.owner)
        if done.returncode != 0:
            raise EngineFailure(f"PostgreSQL's data folder could not be made: {done.stdout.decode(errors='replace')}")
