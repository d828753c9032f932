"""`make race`: many guesses at once on every door of a real portal, and the right secret among them.

Starts engines and a portal of its own with the real hasher, and says for each door how many secrets were really
verified (five, never six; of second factors one, then everybody waits), whether anybody got in (nobody), and how many
blocks and messages came of it (one). The doors are those of the register, so that a new one cannot be left out.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import django

from bench.own_portal import CHEAP, own_portal
from vecozo_portal.engines import EngineFailure

if TYPE_CHECKING:
    from bench.factor_rounds import FactorRace
    from bench.race_verdict import Round
    from bench.rounds import Race

COLUMNS = ("door", "rounds", "guesses", "verified", "got in", "blocks", "messages", "busy (503)", "median s")


def main() -> int:
    chosen = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that it cleans up as after Ctrl-C
    try:
        # Every thread compares, so that counting meets as many at once as there can be.
        settings = {"PORTAL_ENTRIES_AT_ONCE": str(chosen.threads)} | (CHEAP if chosen.cheap else {})
        with own_portal(workers=chosen.workers, threads=chosen.threads, settings=settings) as url:
            return _race_all(url, chosen)
    except EngineFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make race", description="Many guesses at once on every door.")
    parser.add_argument("--rounds", type=_at_least(1), default=20, help="rounds per door (20)")
    parser.add_argument("--guesses", type=_at_least(20), default=200, help="guesses at once in a round (200)")
    parser.add_argument("--workers", type=_at_least(1), default=2, help="web processes (2)")
    parser.add_argument("--threads", type=_at_least(1), default=8, help="threads in each (8)")
    parser.add_argument("--only", metavar="DOOR", help="one of them, as the table calls it (all)")
    parser.add_argument("--cheap", action="store_true", help="with the cheapest hash there is, instead of the real one")
    return parser.parse_args()


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is no number of {least} or more")
        return int(text)

    return number


def _race_all(base_url: str, chosen: argparse.Namespace) -> int:
    django.setup()  # only now the settings know the portal's own database
    from bench.factor_rounds import factor_races  # noqa: PLC0415
    from bench.rounds import races  # noqa: PLC0415

    hasher = "the cheapest hash" if chosen.cheap else "the real hash"
    print(f"{chosen.workers} processes with {chosen.threads} threads each, {hasher}.\n", flush=True)
    results = []
    chosen_races = [race for race in (*races(), *factor_races()) if chosen.only in {None, race.title}]
    if not chosen_races:
        print(f"There is no door called «{chosen.only}».", file=sys.stderr)
        return 2
    for race in chosen_races:
        rounds = []
        for number in range(1, chosen.rounds + 1):
            rounds.append(race.run(base_url, chosen.guesses))
            print(_line(race, number, rounds[-1]), flush=True)
        results.append((race, rounds))
    print("\n" + _table(results, chosen.guesses))
    return _verdict([found for _, rounds in results for found in rounds])


def _line(race: Race | FactorRace, number: int, found: Round) -> str:
    ending = f"MISSED: {'; '.join(found.misses)}" if found.misses else "right"
    return f"  {race.title} {number}: {_verified(race, [found])} verified in {found.seconds:.1f} s, {ending}"


def _verified(race: Race | FactorRace, rounds: Sequence[Round]) -> str:
    """One number where it was the same every time."""
    shown = [f"{name} {_span([found.verified[name] for found in rounds])}" for name in race.shown]
    return ", ".join(shown)


def _span(numbers: Sequence[int]) -> str:
    least, most = min(numbers), max(numbers)
    return str(least) if least == most else f"{least} to {most}"


def _table(results: Sequence[tuple[Race | FactorRace, Sequence[Round]]], guesses: int) -> str:
    rows = [COLUMNS, *(_row(race, rounds, guesses) for race, rounds in results)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _row(race: Race | FactorRace, rounds: Sequence[Round], guesses: int) -> tuple[str, ...]:
    return (
        race.title,
        str(len(rounds)),
        str(guesses),
        _verified(race, rounds),
        _let_in(rounds),
        _span([found.blocks for found in rounds]),
        _span([found.messages for found in rounds]),
        str(sum(found.busy for found in rounds)),
        f"{statistics.median(found.seconds for found in rounds):.2f}",
    )


def _let_in(rounds: Sequence[Round]) -> str:
    """Nobody, or of whom may get in how many did."""
    won, may = (sum(getattr(found, name) for found in rounds) for name in ("won", "may"))
    return f"{won} of {may}" if may else str(won)


def _verdict(rounds: Sequence[Round]) -> int:
    missed = sum(bool(found.misses) for found in rounds)
    if missed:
        print(f"\n{missed} of {len(rounds)} rounds missed.")
        return 1
    print(f"\nAll {len(rounds)} rounds right: nobody got in who may not.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
