"""Health checks of the containers: `python -m vecozo_portal.run.probe portal` (or another of PROBES) exits 0 or 1."""

import sys
import time
from http import HTTPStatus
from urllib.request import urlopen

from vecozo_portal.environment import environment
from vecozo_portal.run.worker import sign_of_life

SILENT_TOO_LONG_SECONDS = 60


def portal() -> bool:
    return _answers(8000, "/readyz")


def gate() -> bool:
    return _answers(8001, "/healthz")


def worker() -> bool:
    """It touches its sign of life each time it did something, and beat gives it something every few seconds."""
    return _silent_seconds("worker") < SILENT_TOO_LONG_SECONDS


def beat() -> bool:
    return _silent_seconds("beat") < SILENT_TOO_LONG_SECONDS


def gate_worker() -> bool:
    """It touches its sign of life at every round, whether there was work or not."""
    return _silent_seconds("gate-worker") < SILENT_TOO_LONG_SECONDS


def _answers(port: int, path: str) -> bool:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=4) as answer:
        return bool(answer.status == HTTPStatus.OK)


def _silent_seconds(name: str) -> float:
    return time.time() - sign_of_life(environment().state_dir, name).stat().st_mtime


PROBES = {"portal": portal, "worker": worker, "beat": beat, "gate": gate, "gate-worker": gate_worker}


def main() -> int:
    try:
        return 0 if PROBES[sys.argv[1]]() else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
