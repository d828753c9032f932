"""The gate's own client of its store: one connection per node that carries every decision of a process."""

from gate.connection.link import StoreAway
from gate.connection.scripts import DECIDE, PUT, Script, packed
from gate.connection.store import GateStore

__all__ = ["DECIDE", "PUT", "GateStore", "Script", "StoreAway", "packed"]
