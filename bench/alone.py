"""Some rows of the table, measured by themselves: `python -m bench.<module>`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from bench.gate_stage import Stage, gate_stage
from bench.rows import Row
from vecozo_portal.engines import EngineFailure


def measured_alone(rows: Callable[[Stage], Iterable[Row]]) -> int:
    """A line for each row; the status of the program, 1 where a goal was missed."""
    missed = False
    try:
        with gate_stage() as stage:
            for row in rows(stage):
                print(f"{row.what}: {row.measured} {row.goal} {row.verdict}", flush=True)
                missed = missed or row.is_met is False
    except EngineFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 1 if missed else 0
