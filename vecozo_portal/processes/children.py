"""Starting a child so that it cannot outlive us.

Each child leads a process group of its own, so that Ctrl-C in the terminal reaches only us and we stop the children in
order; and the kernel is asked to end the child when we die, even by kill -9 (`PR_SET_PDEATHSIG`).
"""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from vecozo_portal.processes.owner import Owner

PR_SET_PDEATHSIG = 1
OURSELVES = Owner()

_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(sign: int = signal.SIGKILL) -> None:
    """For a process that its own parent starts without our help: the workers of granian and of Celery."""
    _libc.prctl(PR_SET_PDEATHSIG, sign)


def spawn(
    command: Sequence[str],
    *,
    cwd: Path,
    log: Path,
    owner: Owner = OURSELVES,
    env: Mapping[str, str] | None = None,
    standard_input: bytes = b"",
    holds: Sequence[int] = (),
    die_with: signal.Signals = signal.SIGTERM,
) -> "subprocess.Popen[bytes]":
    """`holds` are file descriptors it keeps open; `die_with` is what it gets when we are gone."""
    with log.open("ab") as output:
        child = subprocess.Popen(  # noqa: S603
            command,
            cwd=cwd,
            env=_environment_of(owner) if env is None else env,
            stdin=subprocess.PIPE if standard_input else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=holds,
            preexec_fn=_preparation(owner, die_with),  # noqa: PLW1509
        )
    if child.stdin is not None:
        _write(child, standard_input)
    return child


def _write(child: "subprocess.Popen[bytes]", text: bytes) -> None:
    assert child.stdin is not None  # noqa: S101
    try:
        with child.stdin:
            child.stdin.write(text)
    except BrokenPipeError:
        pass  # it died at once; whoever waits for it says so


def run_to_end(
    command: Sequence[str], *, cwd: Path | None = None, owner: Owner = OURSELVES
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # noqa: S603, PLW1510
        command,
        cwd=cwd,
        env=_environment_of(owner),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_preparation(owner, signal.SIGKILL),
    )


def _environment_of(owner: Owner) -> dict[str, str]:
    """An engine gets none of our variables; ourselves keep them."""
    if owner == OURSELVES:
        return dict(os.environ)
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def _preparation(owner: Owner, die_with: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        os.setpgid(0, 0)
        if owner.uid is not None and owner.gid is not None:
            os.setgroups([])
            os.setresgid(owner.gid, owner.gid, owner.gid)
            os.setresuid(owner.uid, owner.uid, owner.uid)
        # After the change of user, which clears it.
        _libc.prctl(PR_SET_PDEATHSIG, die_with)
        if os.getppid() != parent:
            os._exit(1)

    return prepare
