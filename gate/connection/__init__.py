"""The gate's own client of its store: one connection per node that carries every decision of a process."""

from gate.connection.link import StoreAway
from gate.connection.store import GateStore

__all__ = ["GateStore", "StoreAway"]
