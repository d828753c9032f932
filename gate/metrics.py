"""Counts of the gate for operations, summed over all processes at /metrics."""

from prometheus_client import Counter

decisions = Counter("portal_gate_decisions", "Answers of the gate, by what was answered.", ["answer"])
fills = Counter("portal_gate_fills", "Accounts that the store did not know and that PostgreSQL was asked for.")
pushed = Counter("portal_gate_pushed", "Accounts whose change was written to the gate's store.")
events = Counter(
    "portal_gate_events", "Crossings and forecasts of the gate, by what became of them.", ["kind", "outcome"]
)
journalled = Counter("portal_gate_journalled", "Queries that were written to the journal.")
unjournalled = Counter("portal_gate_unjournalled", "Queries of accounts or services that are not known any more.")
reconciled = Counter(
    "portal_gate_reconciled", "Accounts and marks that were found wrong in the store and repaired.", ["found"]
)
worker_failures = Counter("portal_gate_worker_failures", "Turns of the gate's worker that failed.", ["loop"])
