"""`make bench`: the figures of gate and doors, each beside what it is compared with, all in one run."""

from __future__ import annotations

import argparse
import signal
import sys
from itertools import chain

from bench.equal_answers import equal_answers
from bench.failed_sign_in import failed_sign_in
from bench.gate_rows import gate_rows
from bench.gate_stage import gate_stage
from bench.load import NoLoad
from bench.refusals import refusals
from bench.rows import Row
from bench.sign_in_memory import sign_in_memory
from bench.strangers import strangers
from vecozo_portal.engines import EngineFailure

COLUMNS = ("row", "what", "measured", "goal", "")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="The figures of gate and doors beside their peers.")
    parser.add_argument("--seconds", type=int, default=5, help="how long each load lasts (5)")
    parser.add_argument("--repeats", type=int, default=3, help="loads per figure, of which the median counts (3)")
    parser.add_argument("--changes", type=int, default=200, help="blocks and lifts timed until the gate knows (200)")
    parser.add_argument(
        "--crossings", type=int, default=100, help="crossings timed until their message lies there (100)"
    )
    parser.add_argument("--samples", type=int, default=200, help="refused entries of each kind (200)")
    parser.add_argument("--sign-ins", type=int, default=10_000, help="sign-ins for nobody, from one and many (10,000)")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that it cleans up as after Ctrl-C
    try:
        with gate_stage() as stage:
            rows = []
            gate = gate_rows(
                stage,
                seconds=chosen.seconds,
                repeats=chosen.repeats,
                changes=chosen.changes,
                crossings=chosen.crossings,
            )
            doors = (
                failed_sign_in(stage, samples=chosen.samples),
                equal_answers(stage, samples=chosen.samples),
                sign_in_memory(stage),
                refusals(stage, samples=chosen.samples),
                strangers(stage, from_one=chosen.sign_ins, from_many=chosen.sign_ins),
            )
            for row in chain(gate, *doors):
                print(f"  {row.what}: {row.measured}", flush=True)
                rows.append(row)
    except (EngineFailure, NoLoad) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print("\n" + _table(rows))
    return 0 if all(row.is_met is not False for row in rows) else 1


def _table(rows: list[Row]) -> str:
    cells = [COLUMNS, *((row.number, row.what, row.measured, row.goal, row.verdict) for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


if __name__ == "__main__":
    sys.exit(main())
