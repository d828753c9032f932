"""Counts of the gate for operations, summed over all processes at /metrics."""

from prometheus_client import Counter

decisions = Counter("portal_gate_decisions", "Answers of the gate, by what was answered.", ["answer"])
fills = Counter("portal_gate_fills", "Accounts that the store did not know and that PostgreSQL was asked for.")
