"""Loads an address with wrk and reads what it says."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SECONDS_OF = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


class NoLoad(Exception):
    """What is wanted to measure with is not there, in one sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Requests a second, and the slowest hundredth in seconds."""

    rate: float
    p99: float
    refused: int


def wrk() -> str:
    found = shutil.which("wrk")
    if found is None:
        raise NoLoad("The bench needs wrk. Install the package 'wrk' (on Debian: apt-get install wrk) and try again.")
    return found


def load(url: str, headers: Mapping[str, str], *, connections: int, seconds: int) -> Figure:
    shown = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk(), "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--latency", *shown, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Figure(_number(r"Requests/sec:\s+([\d.]+)", told), _p99(told), int(_number(r"Non-2xx.*: (\d+)", told)))


def median(figures: Sequence[float]) -> float:
    return statistics.median(figures)


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    return float(found[1]) if found else 0.0


def _p99(text: str) -> float:
    found = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    return float(found[1]) * SECONDS_OF[found[2]] if found else 0.0
