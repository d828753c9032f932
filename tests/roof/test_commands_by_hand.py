"""Commands by hand find what `make run` left for them; a deployment never does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.roof.test_environment import GOOD
from vecozo_portal import environment
from vecozo_portal.environment import BASE_DIR, EnvironmentMistake

LEFT_BEHIND = {**GOOD, "PORTAL_ENVIRONMENT": "test", "PORTAL_DEMO": "1"}
SAYS = "from vecozo_portal.environment import environment as e; print(e().environment, e().demo)"


@pytest.fixture(autouse=True)
def _a_run_left_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PORTAL_STATE_DIR", str(tmp_path))
    monkeypatch.setattr(environment, "_by_hand", [])
    (tmp_path / "portal.env").write_text("".join(f"{name}='{value}'\n" for name, value in LEFT_BEHIND.items()))


def read_by_hand() -> environment.Environment:
    environment.find_the_run()
    return environment.environment.__wrapped__()


def test_a_command_by_hand_finds_the_run() -> None:
    assert read_by_hand().demo


def test_whatever_is_not_a_command_by_hand_does_not() -> None:
    done = subprocess.run([sys.executable, "-c", SAYS], cwd=BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "PORTAL_SECRET_KEY: is not set" in done.stderr


def test_a_mounted_key_makes_it_a_deployment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "portal_secret_key").write_text(GOOD["PORTAL_SECRET_KEY"])
    monkeypatch.setattr(environment, "SECRETS_DIR", tmp_path)
    for name in ("PORTAL_DATABASE_URL", "PORTAL_REDIS_URL"):
        monkeypatch.setenv(name, GOOD[name])
    found = read_by_hand()
    assert found.is_production
    assert not found.demo


@pytest.mark.parametrize("name", ["PORTAL_SECRET_KEY", "PORTAL_SECRET_KEY_FILE", "PORTAL_ENVIRONMENT"])
def test_whoever_brings_a_key_or_says_production_is_a_deployment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "production")
    with pytest.raises(EnvironmentMistake):
        read_by_hand()
