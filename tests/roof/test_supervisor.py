"""The supervisor on its own, with small programs for children."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from vecozo_portal.environment import BASE_DIR
from vecozo_portal.processes.waiting import wait_until

pytestmark = pytest.mark.process

SCRIPT = """
import sys
from pathlib import Path
from vecozo_portal.processes.children import spawn
from vecozo_portal.run.failures import RunFailure
from vecozo_portal.run.supervisor import Child, Supervisor

folder = Path(sys.argv[1])

def child(name, code):
    command = [sys.executable, "-c", f"from pathlib import Path; Path('{name}').touch(); {code}"]
    log = folder / f"{name}.log"
    return Child(name, lambda: spawn(command, cwd=folder, log=log), (folder / name).exists, log)

supervisor = Supervisor(lambda text: print(text, flush=True))
try:
    with supervisor.listening():
        supervisor.bring_up(child("engine", "import time; time.sleep(600)"))
        supervisor.bring_up(child("portal", sys.argv[2]))
        print("ready", flush=True)
        supervisor.watch()
except RunFailure as failure:
    sys.exit(str(failure))
"""
SLEEPS = "import time; time.sleep(600)"
SLEEPS_WITH_A_CHILD = (
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).wait()"
)
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def supervised(folder: Path, portal: str = SLEEPS) -> "subprocess.Popen[str]":
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder), portal],
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    return run


def children(run: "subprocess.Popen[str]") -> list[psutil.Process]:
    return psutil.Process(run.pid).children(recursive=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(tmp_path: Path, number: signal.Signals) -> None:
    run = supervised(tmp_path)
    family = children(run)
    run.send_signal(number)
    assert run.wait(30) == 0
    assert len(family) == 2
    assert not any(process.is_running() for process in family)


def test_a_killed_supervisor_leaves_no_process(tmp_path: Path) -> None:
    run = supervised(tmp_path)
    family = children(run)
    run.kill()
    run.wait()
    _, left = psutil.wait_procs(family, timeout=20)
    assert left == []


def test_a_second_ctrl_c_does_not_wait_for_who_does_not_listen(tmp_path: Path) -> None:
    run = supervised(tmp_path, DEAF)
    family = children(run)
    # The kernel makes one of two signals at once, so it is pressed until it is heard.
    for _ in range(50):
        run.send_signal(signal.SIGINT)
        if wait_until(lambda: run.poll() is not None, within=0.3):
            break
    assert run.returncode == 0
    assert not any(process.is_running() for process in family)


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    run = supervised(tmp_path)
    first = {process.pid for process in children(run)}
    os.kill(max(first), signal.SIGKILL)
    assert wait_until(lambda: len({process.pid for process in children(run)} | first) == 3, within=15)
    run.terminate()
    stdout, _ = run.communicate(timeout=30)
    assert "portal stopped unexpectedly and is started again." in stdout


def test_a_child_that_keeps_dying_ends_the_run_with_a_sentence(
    tmp_path: Path,
) -> None:
    run = supervised(tmp_path, "import time; time.sleep(0.3); raise SystemExit('no luck today')")
    stdout, stderr = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "portal keeps stopping, so the run ends." in stderr
    assert "no luck today" in stderr
    assert stdout.count("started again") == 5


def test_children_do_not_hear_the_ctrl_c_of_the_terminal(tmp_path: Path) -> None:
    run = supervised(tmp_path)
    groups = {os.getpgid(process.pid) for process in children(run)}
    assert os.getpgid(run.pid) not in groups
    assert len(groups) == 2
    run.terminate()
    run.wait(30)
