"""The house's floors hold, and nobody but the environment's reader reads the environment."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from vecozo_portal.environment import BASE_DIR

APPS = ("accounts", "messagebox", "blocking", "certificates", "gate", "desk")
# What starts processes passes an environment on; a test prepares one.
MAY_TOUCH_THE_ENVIRONMENT = {
    "vecozo_portal/environment.py",
    "vecozo_portal/celery.py",
    "vecozo_portal/serve.py",
    "vecozo_portal/gate.py",
    "vecozo_portal/serve_gate.py",
    "vecozo_portal/wsgi.py",
    "vecozo_portal/processes/children.py",
    "vecozo_portal/run/portal_run.py",
    "vecozo_portal/run/surroundings.py",
}


def test_arrows_only_go_down() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def modules() -> list[Path]:
    return [path for folder in (*APPS, "vecozo_portal") for path in sorted((BASE_DIR / folder).rglob("*.py"))]


def test_one_module_reads_the_environment() -> None:
    readers = {str(path.relative_to(BASE_DIR)) for path in modules() if _touches_the_environment(path)}
    assert readers <= MAY_TOUCH_THE_ENVIRONMENT


def _touches_the_environment(path: Path) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        for node in ast.walk(ast.parse(path.read_text()))
    )


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "misc", "common"])
def test_no_module_is_a_drawer_for_everything(word: str) -> None:
    assert not [path for path in modules() if word in {path.stem, path.parent.name}]


def test_no_file_is_longer_than_anybody_reads() -> None:
    written = [*modules(), *sorted((BASE_DIR / "tests").rglob("*.py"))]
    files = [path for path in written if path.parent.name != "migrations"]
    long = {
        str(path.relative_to(BASE_DIR)): lines for path in files if (lines := len(path.read_text().splitlines())) > 300
    }
    assert long == {}
