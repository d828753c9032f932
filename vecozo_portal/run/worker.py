"""The Celery worker and beat, with the flags that `make run`, the container and the tests all use.

`python -m vecozo_portal.run.worker worker` (or `beat`) becomes it.

Beat keeps its timetable in memory: it is a few intervals from the settings, so there is no file to break or to lock.
"""

import os
import sys
from pathlib import Path

WORKER_PROCESSES = 2


def worker_command(processes: int = WORKER_PROCESSES) -> list[str]:
    switches = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [*_celery(), "worker", "--loglevel", "WARNING", "--concurrency", str(processes), *switches]


def beat_command() -> list[str]:
    return [*_celery(), "beat", "--loglevel", "WARNING", "--scheduler", "celery.beat:Scheduler"]


def _celery() -> list[str]:
    return [sys.executable, "-m", "celery", "--app", "vecozo_portal.celery:app"]


def sign_of_life(state_dir: Path, name: str) -> Path:
    """A file that is touched: by the worker when it is ready and after a task, by beat at every task it queues."""
    return state_dir / f"{name}.alive"


def main() -> None:
    command = {"worker": worker_command, "beat": beat_command}[sys.argv[1]]()
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main()
