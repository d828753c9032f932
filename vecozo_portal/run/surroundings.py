"""What a run's processes find in their environment: what was given, and what the run chose itself."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from vecozo_portal.engines.engine import new_password
from vecozo_portal.environment import variable
from vecozo_portal.processes.ports import free_port, is_free
from vecozo_portal.processes.secret_files import write_secretly
from vecozo_portal.run.failures import RunFailure
from vecozo_portal.run.ports import Ports


@dataclass(frozen=True)
class Keepsakes:
    """Chosen at the first start and kept, so that cookies and data outlive a restart."""

    secret_key: str
    gateway_token: str
    postgres_password: str
    postgres_port: int
    valkey_password: str
    valkey_port: int

    @classmethod
    def of(cls, state_dir: Path) -> Self:
        """Ports are kept while they are free, so that a console that somebody left open still works."""
        path = state_dir / "keepsakes.json"
        found = _kept(path)
        kept = cls(
            secret_key=found.get("secret_key") or new_password() + new_password(),
            gateway_token=found.get("gateway_token") or new_password() + new_password(),
            postgres_password=found.get("postgres_password") or new_password(),
            postgres_port=_port(found.get("postgres_port")),
            valkey_password=found.get("valkey_password") or new_password(),
            valkey_port=_port(found.get("valkey_port")),
        )
        write_secretly(path, json.dumps(asdict(kept), indent=2))
        return kept


def _kept(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text())
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise RunFailure(
            f"The file {path} is damaged, and the passwords of the data beside it stand in it. Put a copy of it back,"
            f" or move {path.parent} away to begin with an empty portal."
        )
    return found


def _port(earlier: int | None) -> int:
    return earlier if earlier and is_free(earlier) else free_port()


def settings_of_run(state_dir: Path, ports: Ports, kept: Keepsakes, addresses: Mapping[str, str]) -> dict[str, str]:
    """The demo's settings, and over them whatever was set in the environment of the command."""
    chosen = {
        "environment": "test",
        "demo": "1",
        "secret_key": kept.secret_key,
        "gateway_tokens": kept.gateway_token,
        "public_url": f"http://localhost:{ports.portal}",
        "demo_service_url": f"http://127.0.0.1:{ports.demo_service}",
        "mail_dir": str(state_dir / "mail"),
        "state_dir": str(state_dir),
        **addresses,
    }
    if os.environ.get(variable("environment")) == "production":
        del chosen["demo"]
    return {variable(name): os.environ.get(variable(name), value) for name, value in chosen.items()}


def given(name: str) -> str:
    return os.environ.get(variable(name), "")


def env_file(settings: Mapping[str, str]) -> str:
    return "".join(f"{name}='{value}'\n" for name, value in settings.items())
