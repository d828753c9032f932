"""The gate against its floor alone: a warm decision beside a bare 204, one worker of the same granian each.

`python -m bench.gate_floor` while tuning; `make bench` measures the same, with everything it is compared with.
"""

from __future__ import annotations

import argparse
import sys

from bench.gate_rows import DECISION, MANY, ONE
from bench.gate_stage import Stage, gate_stage
from bench.load import load, median
from vecozo_portal.engines import EngineFailure

GOAL = 0.5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.gate_floor", description="The gate against a bare 204.")
    parser.add_argument("--seconds", type=int, default=4, help="how long each load lasts (4)")
    parser.add_argument("--repeats", type=int, default=3, help="pairs of loads, of which the median counts (3)")
    chosen = parser.parse_args()
    try:
        with gate_stage() as stage:
            return _compare(stage, seconds=chosen.seconds, repeats=chosen.repeats)
    except EngineFailure as failure:
        print(failure, file=sys.stderr)
        return 1


def _compare(stage: Stage, *, seconds: int, repeats: int) -> int:
    gate = stage.gate() + DECISION
    floor = stage.granian("bench.peers.floor:application", interface="rsgi", name="floor")
    ratios, slower = [], []
    for _ in range(repeats):
        nothing, decided = (load(url, stage.headers, connections=MANY, seconds=seconds) for url in (floor, gate))
        ratios.append(decided.rate / nothing.rate)
        print(f"  {MANY} connections: bare 204 {nothing.rate:,.0f}/s, decision {decided.rate:,.0f}/s", flush=True)
        nothing, decided = (load(url, stage.headers, connections=ONE, seconds=seconds) for url in (floor, gate))
        slower.append(decided.p99 / nothing.p99)
    print(f"decision : bare 204, {MANY} connections: {median(ratios):.2f} (goal at least {GOAL})")
    print(f"decision : bare 204, 1 connection, slowest hundredth: {median(slower):.1f}")
    return 0 if median(ratios) >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
