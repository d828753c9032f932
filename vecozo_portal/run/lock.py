"""One run per state folder.

The lock is the kernel's (`flock`), so a run that was killed leaves none. The engines hold it too: as long as one of
an earlier run is still writing its data, nobody begins on the same folder.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from vecozo_portal.processes.waiting import wait_until
from vecozo_portal.run.failures import RunFailure

EARLIER_RUN_ENDS_WITHIN_SECONDS = 25.0


@contextlib.contextmanager
def only_run(state_dir: Path) -> Iterator[int]:
    """Gives the lock's file descriptor, for the engines to hold. Raises `RunFailure` when another run has it."""
    path = state_dir / "run.lock"
    lock = _take(path)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    try:
        yield lock
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _take(path: Path) -> int:
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _locked(lock) and not _locked_once_the_dead_are_gone(lock):
            raise RunFailure(f"The portal is already running on {path.parent} (process {_holder(lock)}).")
        if _is_still(lock, path):
            return lock
        os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _locked_once_the_dead_are_gone(lock: int) -> bool:
    """Where the run that wrote its number is dead, its engines are about to be."""
    return (
        not _lives(_holder(lock))
        and wait_until(lambda: _locked(lock) or _lives(_holder(lock)), EARLIER_RUN_ENDS_WITHIN_SECONDS)
        and _locked(lock)
    )


def _holder(lock: int) -> int:
    text = os.pread(lock, 20, 0).strip()
    return int(text) if text.isdigit() else 0


def _lives(pid: int) -> bool:
    return pid > 0 and Path(f"/proc/{pid}").exists()


def _is_still(lock: int, path: Path) -> bool:
    """Whoever stopped between our opening and our locking took the file away."""
    try:
        return path.stat().st_ino == os.fstat(lock).st_ino
    except FileNotFoundError:
        return False
