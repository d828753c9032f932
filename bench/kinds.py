"""Kinds of refused entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# With whom all others are compared.
ORDINARY = "wrong"


@dataclass(frozen=True, slots=True)
class Kind:
    """What it is called, and the user number of its nth entry."""

    name: str
    number: Callable[[int], str]
