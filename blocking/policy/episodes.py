"""When blocks are one attack: how many accounts, how close together, from where."""

from __future__ import annotations

from dataclasses import dataclass

from blocking.choices import EpisodeKind


@dataclass(frozen=True, slots=True)
class Thresholds:
    """So many accounts blocked within the time that counts: from one source, or from anywhere."""

    per_source: int
    anywhere: int


def kind_of_episode(*, from_source: int, anywhere: int, thresholds: Thresholds) -> EpisodeKind | None:
    """What these accounts, blocked within the time that counts and in no episode yet, are together; None: accidents."""
    if from_source >= thresholds.per_source:
        return EpisodeKind.SOURCE
    return EpisodeKind.BURST if anywhere >= thresholds.anywhere else None
