"""The gate's rows of the table of figures, measured one after another, interleaved with what they are compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.evalsha import evalsha_slowest
from bench.gate_changes import changes_known
from bench.gate_crossings import crossings_told
from bench.gate_stage import Stage
from bench.gate_storm import storms
from bench.load import Figure, load, median
from bench.nginx import nginx_before
from bench.rows import Row, ratio, within

DECISION = "/v1/decisions/cov"
MANY, ONE = 32, 1


@dataclass(frozen=True, slots=True)
class Peer:
    name: str
    url: str
    headers: dict[str, str]


def gate_rows(stage: Stage, *, seconds: int, repeats: int, changes: int, crossings: int) -> Iterator[Row]:
    gate = Peer("gate", stage.gate() + DECISION, dict(stage.headers))
    floor = Peer(
        "bare 204", stage.granian("bench.peers.floor:application", interface="rsgi", name="floor"), gate.headers
    )
    yield from _many_at_once(stage, gate, floor, seconds=seconds, repeats=repeats)
    yield _one_at_a_time(gate, floor, seconds=seconds, repeats=repeats)
    yield from _behind_nginx(stage, gate, floor, seconds=seconds, repeats=repeats)
    yield storms(stage)
    changed = changes_known(stage.account, gate.url, gate.headers, changes=changes)
    yield within("6", "block or lift until the gate says so", changed, at_most=0.25)
    told = crossings_told(stage, gate.url, crossings=crossings)
    yield within("13", "crossing until its message lies there", told, at_most=1)


def _many_at_once(stage: Stage, gate: Peer, floor: Peer, *, seconds: int, repeats: int) -> Iterator[Row]:
    peers = [gate, floor, *_limiters(stage)]
    many = _measured(peers, connections=MANY, seconds=seconds, repeats=repeats)
    rates = {name: _rate(figures) for name, figures in many.items()}
    for name, rate in rates.items():
        yield Row("", f"{name}, one worker, {MANY} connections", f"{rate:,.0f} requests/s")
    yield ratio("2", "gate : bare 204 of the same server", rates["gate"] / rates["bare 204"], 0.5)
    yield ratio("2", "gate : the same rule as a Django view", rates["gate"] / rates["Django view"], 15)
    yield ratio("2", "gate : django-ratelimit", rates["gate"] / rates["django-ratelimit"], 30)
    yield ratio("", "gate : limits, one window only", rates["gate"] / rates["limits"], None)


def _limiters(stage: Stage) -> list[Peer]:
    asking = dict(stage.headers)
    site = stage.granian("bench.peers.site:application", interface="wsgi", name="site")
    told = asking | {"Bench-Run-Id": _run_id()}
    return [
        Peer("Django view", f"{site}/rule", told),
        Peer("django-ratelimit", f"{site}/limited", told),
        Peer("limits", stage.granian("bench.peers.with_limits:application", interface="rsgi", name="limits"), asking),
    ]


def _run_id() -> str:
    from gate.store import gate_store  # noqa: PLC0415  # wants settings

    return str(gate_store().info("server")["run_id"])


def _one_at_a_time(gate: Peer, floor: Peer, *, seconds: int, repeats: int) -> Row:
    single = _measured([gate, floor], connections=ONE, seconds=seconds, repeats=repeats)
    decision, nothing = (median([figure.p99 for figure in single[peer.name]]) for peer in (gate, floor))
    script = median([evalsha_slowest() for _ in range(repeats)])
    times = decision / (nothing + script)
    parts = f"{decision * 1000:.2f} : {nothing * 1000:.2f} + {script * 1000:.2f} ms"
    what = "gate : bare 204 + one EVALSHA, 1 connection, slowest hundredth"
    return Row("3", what, f"{times:.2f} ({parts})", "at most 3", times <= 3)


def _behind_nginx(stage: Stage, gate: Peer, floor: Peer, *, seconds: int, repeats: int) -> Iterator[Row]:
    nginx = nginx_before(stage, gate=gate.url, floor=floor.url)
    peers = [Peer(place, f"{nginx}/{place}", gate.headers) for place in ("gate", "floor", "limit_req")]
    rates = {
        name: _rate(figures)
        for name, figures in _measured(peers, connections=MANY, seconds=seconds, repeats=repeats).items()
    }
    for name, rate in rates.items():
        yield Row("", f"nginx before: {name}, one worker, {MANY} connections", f"{rate:,.0f} requests/s")
    yield ratio("4", "nginx with auth_request, gate : bare 204", rates["gate"] / rates["floor"], 0.7)
    yield ratio(
        "", "nginx, gate : its own limit_req, one window of one nginx", rates["gate"] / rates["limit_req"], None
    )


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
