"""The portal itself on the bench's stage, and how much memory it takes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

import psutil

from bench.gate_stage import Stage
from vecozo_portal.environment import BASE_DIR, Environment
from vecozo_portal.processes.ports import free_port
from vecozo_portal.run.portal import fresh_metrics_dir, portal_command


def served(stage: Stage, *, workers: int, threads: int, settings: Mapping[str, str]) -> str:
    """The address of a portal with these settings; it is stopped when the stage ends."""
    static = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(static, cwd=BASE_DIR, check=True)
    port = free_port()
    metrics = {"PROMETHEUS_MULTIPROC_DIR": str(fresh_metrics_dir(stage.folder / f"metrics-{port}"))}
    command = portal_command(port=port, workers=workers, threads=threads)
    return stage.serve(command, port, name="portal", more=metrics | dict(settings))


def served_as_it_comes(stage: Stage) -> str:
    """With its source throttle, which the stage has off, and with visitors that say where they come from."""
    names = ("source_limit", "source_numbers_limit")
    throttle = {f"PORTAL_{name.upper()}": str(Environment.model_fields[name].default) for name in names}
    return served(stage, workers=2, threads=8, settings=throttle | {"PORTAL_TRUSTED_PROXIES": "127.0.0.1"})


def memory_of(url: str) -> int:
    """Bytes that the processes behind this address hold, each page counted once for those who share it."""
    port = url.rpartition(":")[2]
    started = psutil.Process(os.getpid()).children()
    (portal,) = (process for process in started if port in process.cmdline())
    family = [portal, *portal.children(recursive=True)]
    return sum(_held(process) for process in family)


def _held(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0
