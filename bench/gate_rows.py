"""The gate's rows of the table of figures, measured one after another, interleaved with what they are compared with."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.gate_changes import changes_known
from bench.gate_stage import Stage
from bench.load import Figure, load, median

DECISION = "/v1/decisions/cov"
MANY, ONE = 32, 1


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its goal; without a goal it only stands beside."""

    number: str
    what: str
    measured: str
    goal: str = ""
    is_met: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "met", False: "MISSED", None: ""}[self.is_met]


@dataclass(frozen=True, slots=True)
class Peer:
    name: str
    url: str
    headers: dict[str, str]


def gate_rows(stage: Stage, *, seconds: int, repeats: int, changes: int) -> Iterator[Row]:
    peers = _peers(stage)
    many = _measured(peers, connections=MANY, seconds=seconds, repeats=repeats)
    gate, floor = _rate(many["gate"]), _rate(many["bare 204"])
    for name, figures in many.items():
        yield Row("", f"{name}, one worker, {MANY} connections", f"{_rate(figures):,.0f} requests/s")
    yield _ratio("2", "gate : bare 204 of the same server", gate / floor, 0.5)
    yield _ratio("2", "gate : the same rule as a Django view", gate / _rate(many["Django view"]), 15)
    yield _ratio("2", "gate : django-ratelimit", gate / _rate(many["django-ratelimit"]), 30)
    yield _ratio("", "gate : limits, one window only", gate / _rate(many["limits"]), None)
    single = _measured(peers[:2], connections=ONE, seconds=seconds, repeats=repeats)
    slowest = {name: median([figure.p99 for figure in figures]) for name, figures in single.items()}
    yield Row(
        "3",
        "gate, 1 connection, slowest hundredth, in bare 204s",
        f"{slowest['gate'] / slowest['bare 204']:.2f} ({slowest['gate'] * 1000:.2f} ms)",
    )
    yield from _changes(stage, peers[0], changes)


def _peers(stage: Stage) -> list[Peer]:
    """The gate first, its floor second."""
    asking = dict(stage.headers)
    gate = Peer("gate", stage.gate() + DECISION, asking)
    site = stage.granian("bench.peers.site:application", interface="wsgi", name="site")
    told = asking | {"Bench-Run-Id": _run_id()}
    return [
        gate,
        Peer("bare 204", stage.granian("bench.peers.floor:application", interface="rsgi", name="floor"), asking),
        Peer("Django view", f"{site}/rule", told),
        Peer("django-ratelimit", f"{site}/limited", told),
        Peer("limits", stage.granian("bench.peers.with_limits:application", interface="rsgi", name="limits"), asking),
    ]


def _run_id() -> str:
    from gate.store import gate_store  # noqa: PLC0415  # wants settings

    return str(gate_store().info("server")["run_id"])


def _measured(peers: Sequence[Peer], *, connections: int, seconds: int, repeats: int) -> dict[str, list[Figure]]:
    """All in turn, and again: what the machine does meanwhile falls on all of them alike."""
    found: dict[str, list[Figure]] = {peer.name: [] for peer in peers}
    for _ in range(repeats):
        for peer in peers:
            found[peer.name].append(load(peer.url, peer.headers, connections=connections, seconds=seconds))
    return found


def _rate(figures: Sequence[Figure]) -> float:
    """The median; a peer that refused measured something else."""
    refused = sum(figure.refused for figure in figures)
    if refused:
        raise SystemExit(f"{refused} queries were refused, so this measured something else.")
    return median([figure.rate for figure in figures])


def _ratio(number: str, what: str, ratio: float, goal: float | None) -> Row:
    if goal is None:
        return Row(number, what, f"{ratio:.2f}")
    return Row(number, what, f"{ratio:.2f}", f"at least {goal:g}", ratio >= goal)


def _changes(stage: Stage, gate: Peer, changes: int) -> Iterator[Row]:
    seconds = changes_known(stage.account, gate.url, gate.headers, changes=changes)
    slowest = statistics.quantiles(seconds, n=100)[98]
    yield Row(
        "6",
        f"block or lift until the gate says so, {len(seconds)} changes, slowest hundredth",
        f"{slowest * 1000:.0f} ms (median {median(seconds) * 1000:.1f} ms)",
        "at most 250 ms",
        slowest <= 0.25,
    )
